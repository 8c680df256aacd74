package dev.tollgate.persistence.redis;

import dev.tollgate.application.identity.StoreUnavailable;
import dev.tollgate.application.relay.LiveStore;
import dev.tollgate.application.relay.LiveStore.Leased;
import dev.tollgate.domain.account.Account;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.RequestId;
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
    private static final long BUDGET_REMEMBERED_MILLIS = TimeUnit.SECONDS.toMillis(2);
    private static final int RELEASING_MAX = 10_000;
    private static final long SPENT_KEPT_SECONDS = TimeUnit.DAYS.toSeconds(2);

    private final Lives lives;
    private final Scripts scripts;
    private final StoreClock clock;
    private final Deadlines deadlines;
    private final Map<AccountId, Integer> running = new ConcurrentHashMap<>();
    private final Map<RequestId, AccountId> leased = new ConcurrentHashMap<>();
    /** What Redis was told to give back and has not answered to. */
    private final Map<RequestId, Release> releasing = new ConcurrentHashMap<>();

    private final Map<AccountId, Over> over = new ConcurrentHashMap<>();
    private final Set<AccountId> announced = ConcurrentHashMap.newKeySet();

    RedisSlots(Lives lives, StoreClock clock, Deadlines deadlines) {
        this.lives = lives;
        this.scripts = lives.scripts();
        this.clock = clock;
        this.deadlines = deadlines;
    }

    Leased lease(Account account, RequestId id, Money upstreamMost) {
        try {
            return leased(account, id, Waiting.on(leasing(account, id, upstreamMost), deadlines.call()));
        } catch (StoreUnavailable late) {
            release(account.id(), id, Money.ZERO); // it may have been taken all the same
            throw late;
        }
    }

    /** Asks for a slot and does not wait. */
    CompletionStage<Reply> leasing(Account account, RequestId id, Money upstreamMost) {
        AccountId accountId = account.id();
        announce(accountId);
        return scripts.send(
                Script.SLOT,
                List.of(
                        Keys.slots(accountId),
                        Keys.spentUpstream(accountId, clock.today()),
                        Keys.heldUpstream(accountId)),
                List.of(
                        Scripts.bytes(clock.argument()),
                        Scripts.bytes(id.text()),
                        text(account.placement().maxConcurrency()),
                        text(account.placement().dailyBudget().nanos()),
                        LEASE,
                        text(upstreamMost.nanos())));
    }

    /** Takes the answer in. */
    Leased leased(Account account, RequestId id, Reply reply) {
        AccountId accountId = account.id();
        running.put(accountId, (int) reply.number(1));
        if (reply.isYes()) {
            leased.put(id, accountId);
            return Leased.TAKEN;
        }
        if (!reply.word().equals("budget")) {
            return Leased.BUSY;
        }
        over.put(accountId, new Over(clock.today(), clock.millis() + BUDGET_REMEMBERED_MILLIS));
        return Leased.SPENT;
    }

    private void announce(AccountId account) {
        if (!announced.contains(account)) {
            var unused = lives.ask(redis -> redis.sadd(ACCOUNTS, text(account.value())))
                    .thenAccept(added -> announced.add(account));
        }
    }

    /**
     * Does not wait: a release that Redis does not answer to is told again once a second until its lease is over, and the
     * day's cost is set right from SQL.
     */
    void release(AccountId account, RequestId id, Money upstreamCost) {
        if (leased.remove(id) != null) {
            running.computeIfPresent(account, (same, calls) -> Math.max(0, calls - 1));
        }
        Release release = new Release(account, upstreamCost, clock.millis() + RedisHolds.LEASE_MILLIS);
        if (releasing.size() < RELEASING_MAX) {
            releasing.put(id, release);
        }
        send(id, release);
    }

    private void send(RequestId id, Release release) {
        AccountId account = release.account();
        var unused = scripts.send(
                        Script.RELEASE,
                        List.of(
                                Keys.slots(account),
                                Keys.spentUpstream(account, clock.today()),
                                Keys.heldUpstream(account)),
                        List.of(
                                Scripts.bytes(id.text()),
                                text(release.upstreamCost().nanos())))
                .thenAccept(reply -> {
                    releasing.remove(id);
                    running.put(account, (int) reply.number(1));
                });
    }

    private void releaseAgain() {
        releasing.values().removeIf(release -> release.untilMillis() <= clock.millis());
        releasing.forEach(this::send);
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
        List<String> keys = List.of(Keys.slots(account), Keys.heldUpstream(account));
        Reply reply = Waiting.on(scripts.send(Script.RENEW, keys, arguments), deadlines.background());
        running.put(account, (int) reply.number(1));
    }

    /** Counts again what runs on every account, whichever node runs it. */
    void refresh() {
        releaseAgain();
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

    void spent(LocalDate day, Map<AccountId, Money> spent, boolean mayLower) {
        List<CompletionStage<Reply>> answers = new ArrayList<>();
        spent.forEach((account, amount) -> answers.add(scripts.send(
                Script.BUDGET,
                List.of(Keys.spentUpstream(account, day)),
                List.of(text(amount.nanos()), Scripts.bytes(mayLower ? "lower" : "raise"), text(SPENT_KEPT_SECONDS)))));
        answers.forEach(answer -> Waiting.done(answer, deadlines.background()));
    }

    private static byte[] text(long number) {
        return Scripts.bytes(Long.toString(number));
    }

    private record Over(LocalDate day, long untilMillis) {}

    /** @param untilMillis when its lease is over in any case */
    private record Release(AccountId account, Money upstreamCost, long untilMillis) {}
}
