package dev.tollgate.persistence.redis;

import dev.tollgate.application.relay.LiveStore;
import dev.tollgate.domain.account.Account;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.RequestId;
import io.lettuce.core.SetArgs;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The accounts' places for calls at once and what they cost today. How many calls run is this node's view: right after
 * its own leases, and otherwise as old as the last {@link #refresh}.
 */
final class RedisSlots {
    /** The accounts that ever had a lease, for a view of all of them. */
    private static final String ACCOUNTS = "accounts:leased";

    private static final byte[] LEASE =
            Scripts.bytes(Long.toString(TimeUnit.SECONDS.toMillis(LiveStore.LEASE_SECONDS)));
    private static final long BUDGET_REMEMBERED_MILLIS = TimeUnit.MINUTES.toMillis(1);
    private static final long SPENT_KEPT_SECONDS = TimeUnit.DAYS.toSeconds(2);

    private final Lives lives;
    private final Scripts scripts;
    private final StoreClock clock;
    private final Deadlines deadlines;
    private final Map<AccountId, Integer> running = new ConcurrentHashMap<>();
    private final Map<RequestId, AccountId> leased = new ConcurrentHashMap<>();
    private final Map<AccountId, Over> over = new ConcurrentHashMap<>();
    private final Set<AccountId> announced = ConcurrentHashMap.newKeySet();

    RedisSlots(Lives lives, StoreClock clock, Deadlines deadlines) {
        this.lives = lives;
        this.scripts = lives.scripts();
        this.clock = clock;
        this.deadlines = deadlines;
    }

    boolean lease(Account account, RequestId id) {
        return leased(account, id, Waiting.on(leasing(account, id), deadlines.call()));
    }

    /** Asks for a slot and does not wait. */
    CompletionStage<Reply> leasing(Account account, RequestId id) {
        AccountId accountId = account.id();
        announce(accountId);
        return scripts.send(
                Script.SLOT,
                List.of(Keys.slots(accountId), Keys.spentUpstream(accountId, clock.today())),
                List.of(
                        Scripts.bytes(clock.argument()),
                        Scripts.bytes(id.text()),
                        text(account.placement().maxConcurrency()),
                        text(account.placement().dailyBudget().nanos()),
                        LEASE));
    }

    /** Takes the answer in; true if there was a slot. */
    boolean leased(Account account, RequestId id, Reply reply) {
        AccountId accountId = account.id();
        running.put(accountId, (int) reply.number(1));
        if (reply.isYes()) {
            leased.put(id, accountId);
        } else if (reply.word().equals("budget")) {
            over.put(accountId, new Over(clock.today(), clock.millis() + BUDGET_REMEMBERED_MILLIS));
        }
        return reply.isYes();
    }

    private void announce(AccountId account) {
        if (!announced.contains(account)) {
            var unused = lives.ask(redis -> redis.sadd(ACCOUNTS, text(account.value())))
                    .thenAccept(added -> announced.add(account));
        }
    }

    /** Does not wait: a release that is lost ends with its lease, and the day's cost is set right from SQL. */
    void release(AccountId account, RequestId id, Money upstreamCost) {
        if (leased.remove(id) != null) {
            running.computeIfPresent(account, (same, calls) -> Math.max(0, calls - 1));
        }
        var unused = scripts.send(
                        Script.RELEASE,
                        List.of(Keys.slots(account), Keys.spentUpstream(account, clock.today())),
                        List.of(Scripts.bytes(id.text()), text(upstreamCost.nanos())))
                .thenAccept(reply -> running.put(account, (int) reply.number(1)));
    }

    void renew(Collection<RequestId> ids) {
        Map<AccountId, List<RequestId>> byAccount = new HashMap<>();
        for (RequestId id : ids) {
            AccountId account = leased.get(id);
            if (account != null) {
                byAccount.computeIfAbsent(account, absent -> new ArrayList<>()).add(id);
            }
        }
        byAccount.forEach(this::renew);
    }

    private void renew(AccountId account, List<RequestId> ids) {
        List<byte[]> arguments = new ArrayList<>(List.of(Scripts.bytes(clock.argument()), LEASE));
        ids.forEach(id -> arguments.add(Scripts.bytes(id.text())));
        Reply reply =
                Waiting.on(scripts.send(Script.RENEW, List.of(Keys.slots(account)), arguments), deadlines.background());
        running.put(account, (int) reply.number(1));
    }

    /** Counts again what runs on every account, whichever node runs it. */
    void refresh() {
        for (byte[] account : Waiting.on(lives.ask(redis -> redis.smembers(ACCOUNTS)), deadlines.background())) {
            renew(new AccountId(Long.parseLong(new String(account, StandardCharsets.UTF_8))), List.of());
        }
    }

    Map<AccountId, Integer> inFlight() {
        Map<AccountId, Integer> counts = new HashMap<>(running);
        counts.values().removeIf(count -> count == 0);
        return counts;
    }

    Set<AccountId> overBudget() {
        LocalDate today = clock.today();
        over.values()
                .removeIf(until ->
                        until.untilMillis() <= clock.millis() || !until.day().equals(today));
        return new HashSet<>(over.keySet());
    }

    void spent(LocalDate day, Map<AccountId, Money> spent) {
        List<CompletionStage<String>> answers = new ArrayList<>();
        spent.forEach((account, amount) -> answers.add(lives.ask(redis -> redis.set(
                Keys.spentUpstream(account, day), text(amount.nanos()), SetArgs.Builder.ex(SPENT_KEPT_SECONDS)))));
        answers.forEach(answer -> Waiting.done(answer, deadlines.background()));
    }

    private static byte[] text(long number) {
        return Scripts.bytes(Long.toString(number));
    }

    private record Over(LocalDate day, long untilMillis) {}
}
