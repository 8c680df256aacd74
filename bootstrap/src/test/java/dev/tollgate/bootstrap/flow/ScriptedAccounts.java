package dev.tollgate.bootstrap.flow;

import dev.tollgate.application.account.AccountPool;
import dev.tollgate.application.account.Connection;
import dev.tollgate.application.relay.Answer;
import dev.tollgate.application.relay.Prepared;
import dev.tollgate.application.relay.RelayCall;
import dev.tollgate.application.relay.Upstream;
import dev.tollgate.application.relay.UpstreamRequest;
import dev.tollgate.domain.account.Account;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.account.AccountType;
import dev.tollgate.domain.account.Fault;
import dev.tollgate.domain.account.Health;
import dev.tollgate.domain.account.Placement;
import dev.tollgate.domain.account.Serving;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Accounts whose answers are given by the test, and the pool they are routed from. */
final class ScriptedAccounts implements AccountPool, Upstream {
    private final Map<AccountId, Account> accounts = new LinkedHashMap<>();
    private final Map<AccountId, Function<UpstreamRequest, Answer>> answers = new HashMap<>();
    private final Map<AccountId, Integer> failures = new HashMap<>();
    private final Map<String, Instant> spared = new HashMap<>();
    private final List<UpstreamRequest> asked = new ArrayList<>();
    private UnaryOperator<Prepared> preparing = UnaryOperator.identity();

    AccountId add(int priority, Function<UpstreamRequest, Answer> answer) {
        return add(new Placement(priority, 1, 0, dev.tollgate.domain.money.Money.ZERO), answer);
    }

    AccountId add(Placement placement, Function<UpstreamRequest, Answer> answer) {
        AccountId id = new AccountId(accounts.size() + 1);
        accounts.put(
                id,
                new Account(
                        id,
                        "account " + id.value(),
                        AccountType.OPENAI,
                        placement,
                        Serving.BY_FAMILY,
                        true,
                        Health.VALID));
        answers.put(id, answer);
        return id;
    }

    void disable(AccountId id) {
        enabled(id, false);
    }

    void enable(AccountId id) {
        enabled(id, true);
    }

    private synchronized void enabled(AccountId id, boolean enabled) {
        Account before = account(id);
        accounts.put(
                id,
                new Account(
                        before.id(),
                        before.name(),
                        before.type(),
                        before.placement(),
                        before.serving(),
                        enabled,
                        before.health()));
    }

    /** What comes of making a call ready, instead of its being ready. */
    void preparing(UnaryOperator<Prepared> change) {
        preparing = change;
    }

    /** Every request that went upstream, in order. */
    synchronized List<UpstreamRequest> asked() {
        return List.copyOf(asked);
    }

    synchronized Health health(AccountId id) {
        return account(id).health();
    }

    private Account account(AccountId id) {
        Account account = accounts.get(id);
        if (account == null) {
            throw new IllegalArgumentException("no such account: " + id);
        }
        return account;
    }

    @Override
    public synchronized List<Account> accounts() {
        return List.copyOf(accounts.values());
    }

    @Override
    public Connection connection(AccountId account) {
        return new Connection(null, Map.of("api_key", "secret"), null, Map.of());
    }

    @Override
    public synchronized int consecutiveFailures(AccountId account) {
        return failures.getOrDefault(account, 0);
    }

    @Override
    public synchronized void succeeded(AccountId account) {
        failures.remove(account);
    }

    @Override
    public synchronized void spare(AccountId account, String model, Instant until) {
        spared.put(account.value() + " " + model, until);
    }

    @Override
    public synchronized boolean isSpared(AccountId account, String model, Instant now) {
        return now.isBefore(spared.getOrDefault(account.value() + " " + model, Instant.MIN));
    }

    @Override
    public synchronized void warned(AccountId account, Fault fault, Health health) {
        failed(account, fault, health);
        failures.remove(account);
    }

    @Override
    public synchronized void failed(AccountId account, Fault fault, Health health) {
        failures.merge(account, 1, Integer::sum);
        Account before = account(account);
        accounts.put(
                account,
                new Account(
                        before.id(),
                        before.name(),
                        before.type(),
                        before.placement(),
                        before.serving(),
                        before.enabled(),
                        health));
    }

    @Override
    public boolean speaks(AccountType type, RelayCall call) {
        return true;
    }

    @Override
    public long inputTokens(RelayCall call, @Nullable AccountType type, String sentModel, long contextWindow) {
        return 1;
    }

    @Override
    public Prepared prepare(UpstreamRequest request) {
        return preparing.apply((Prepared.Ready) () -> answer(request));
    }

    private Answer answer(UpstreamRequest request) {
        synchronized (this) {
            asked.add(request);
        }
        return answers.get(request.account().id()).apply(request);
    }
}
