package dev.tollgate.persistence.sql.entitlement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.apikey.KeyDigests;
import dev.tollgate.application.apikey.KeyExamples;
import dev.tollgate.application.entitlement.CreditLedger;
import dev.tollgate.application.entitlement.Examples;
import dev.tollgate.application.entitlement.HeldPackage;
import dev.tollgate.application.entitlement.InMemoryBalances;
import dev.tollgate.application.entitlement.ManageCredits;
import dev.tollgate.application.entitlement.ManageCredits.Grant;
import dev.tollgate.application.entitlement.ManageCredits.Granted;
import dev.tollgate.application.entitlement.ManageCreditsService;
import dev.tollgate.application.entitlement.ManageRedeemCodes;
import dev.tollgate.application.entitlement.ManageRedeemCodes.Batch;
import dev.tollgate.application.entitlement.ManageRedeemCodes.Issued;
import dev.tollgate.application.entitlement.ManageRedeemCodesService;
import dev.tollgate.application.entitlement.ManageUserPackages;
import dev.tollgate.application.entitlement.ManageUserPackages.Assigned;
import dev.tollgate.application.entitlement.ManageUserPackages.Assignment;
import dev.tollgate.application.entitlement.ManageUserPackages.Renewal;
import dev.tollgate.application.entitlement.ManageUserPackages.Renewed;
import dev.tollgate.application.entitlement.ManageUserPackagesService;
import dev.tollgate.application.entitlement.Packages;
import dev.tollgate.application.entitlement.Redeem;
import dev.tollgate.application.entitlement.Redeem.Redeemed;
import dev.tollgate.application.entitlement.RedeemCode.Gift;
import dev.tollgate.application.entitlement.RedeemCode.Terms;
import dev.tollgate.application.entitlement.RedeemCodes;
import dev.tollgate.application.entitlement.RedeemService;
import dev.tollgate.application.entitlement.UserPackages;
import dev.tollgate.application.identity.Ids;
import dev.tollgate.domain.entitlement.PackageOffer;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.persistence.sql.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The same grant tried by many at once counts once: a code redeemed, a payment credited, a package renewed, a call
 * refunded.
 *
 * <p>{@code -Dtollgate.grants.rounds=1000} is the long run.
 */
@Timeout(1800)
class GrantsCountOnceTest {
    private static final int ROUNDS = Integer.getInteger("tollgate.grants.rounds", 100);
    private static final int ATTEMPTS = 64;
    private static final InstantSource CLOCK = InstantSource.fixed(Examples.START);
    private static final TestDatabase DATABASE = TestDatabase.start();
    private static final AtomicLong LAST_ID = new AtomicLong(1_000_000);
    private static final Ids IDS = LAST_ID::incrementAndGet;
    private static final UserId ADMIN = new UserId(1);
    private static final PackageOffer OFFER = Examples.subscription(7);

    private final CreditLedger ledger = DATABASE.bean(CreditLedger.class);
    private final UserPackages userPackages = DATABASE.bean(UserPackages.class);
    private final Packages offers = DATABASE.bean(Packages.class);
    private final RedeemCodes codes = DATABASE.bean(RedeemCodes.class);
    private final KeyDigests digests = new KeyExamples.PlainDigests();
    private final ManageCredits credits = new ManageCreditsService(
            ledger, new InMemoryBalances(), user -> true, (user, call) -> Optional.of(Examples.DOLLAR), IDS, CLOCK);
    private final ManageUserPackages packages =
            new ManageUserPackagesService(userPackages, offers, new InMemoryBalances(), user -> true, IDS, CLOCK);
    private final ManageRedeemCodes issue = new ManageRedeemCodesService(codes, offers, digests, IDS, CLOCK);
    private final Redeem redeem = new RedeemService(codes, ledger, userPackages, offers, digests, IDS, CLOCK);

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Test
    void whatever_is_granted_is_granted_once() throws Exception {
        offers.add(OFFER);
        for (int round = 0; round < ROUNDS; round++) {
            UserId user = new UserId(100 + round);
            switch (round % 5) {
                case 0 -> redeemedByOneUser(user);
                case 1 -> redeemedByAnyOf(round);
                case 2 -> toppedUp(user);
                case 3 -> renewed(user);
                default -> refunded(user);
            }
        }
    }

    private void redeemedByOneUser(UserId user) throws Exception {
        String code = code(new Gift.OfCredit(Examples.DOLLAR));

        List<Redeemed> answers = atOnce(attempt -> () -> redeem.redeem(user, code));

        assertThat(answers).allMatch(got -> got instanceof Redeemed.Credited || got instanceof Redeemed.Used);
        assertThat(answers).filteredOn(Redeemed.Credited.class::isInstance).hasSize(1);
        assertThat(granted(user)).isEqualTo(Examples.DOLLAR);
        assertThat(ledger.entries(user, null, 9)).hasSize(1);
    }

    private void redeemedByAnyOf(int round) throws Exception {
        String code = code(new Gift.OfPackage(OFFER.id()));
        List<UserId> users = new ArrayList<>();
        for (int i = 0; i < ATTEMPTS; i++) {
            users.add(new UserId(1_000_000L * (round + 1) + i));
        }

        List<Redeemed> answers = atOnce(attempt -> () -> redeem.redeem(users.get(attempt), code));

        assertThat(answers).allMatch(got -> got instanceof Redeemed.Assigned || got instanceof Redeemed.Used);
        assertThat(answers).filteredOn(Redeemed.Assigned.class::isInstance).hasSize(1);
        assertThat(userPackages.of(users).values().stream().mapToInt(List::size).sum())
                .isEqualTo(1);
    }

    private void toppedUp(UserId user) throws Exception {
        Grant grant = new Grant(user, Examples.DOLLAR, "paid", "invoice-1", null, ADMIN);

        List<Granted> answers = atOnce(attempt -> () -> credits.grant(grant));

        assertThat(answers).allMatch(Granted.Done.class::isInstance);
        assertThat(answers)
                .filteredOn(answer -> answer instanceof Granted.Done done && !done.repeated())
                .hasSize(1);
        assertThat(granted(user)).isEqualTo(Examples.DOLLAR);
    }

    private void renewed(UserId user) throws Exception {
        Assigned assigned = packages.assign(new Assignment(user, OFFER.id(), null, null, ADMIN));
        HeldPackage held = ((Assigned.Done) assigned).held();
        Renewal renewal = new Renewal(held.held().id(), "order-2", ADMIN);

        List<Renewed> answers = atOnce(attempt -> () -> packages.renew(renewal));

        Instant end = Examples.START.plus(Duration.ofDays(60));
        assertThat(answers)
                .allMatch(answer -> answer instanceof Renewed.Done done
                        && end.equals(done.held().held().expiresAt()));
        assertThat(answers)
                .filteredOn(answer -> answer instanceof Renewed.Done done && !done.repeated())
                .hasSize(1);
        assertThat(userPackages.events(held.held().id(), null, 9)).hasSize(2);
    }

    /** Half of them under one reference, the others each for a part that fits but once. */
    private void refunded(UserId user) throws Exception {
        RequestId call = RequestId.at(Examples.START, user.value(), 1);
        Money most = Money.ofNanos(Examples.DOLLAR.nanos() / 2 + 1);

        List<Granted> answers = atOnce(attempt ->
                () -> credits.grant(new Grant(user, most, "slow", attempt % 2 == 0 ? "ticket-1" : null, call, ADMIN)));

        assertThat(answers)
                .allMatch(answer -> answer instanceof Granted.Done || answer instanceof Granted.MoreThanCharged);
        assertThat(ledger.entries(user, null, 9)).hasSize(1);
        assertThat(granted(user)).isEqualTo(most);
    }

    private String code(Gift gift) {
        Issued issued = issue.issue(new Batch(1, gift, new Terms(null, null, null, true), ADMIN));
        return ((Issued.Done) issued).codes().getFirst().text().text();
    }

    private Money granted(UserId user) {
        return ledger.sums(Set.of(user)).get(user).granted();
    }

    private interface Attempt<T> {
        Callable<T> number(int attempt);
    }

    private static <T> List<T> atOnce(Attempt<T> attempts) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        List<Future<T>> running = new ArrayList<>();
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < ATTEMPTS; i++) {
                Callable<T> attempt = attempts.number(i);
                running.add(pool.submit(() -> {
                    start.await();
                    return attempt.call();
                }));
            }
            start.countDown();
            List<T> answers = new ArrayList<>();
            for (Future<T> one : running) {
                answers.add(one.get());
            }
            return answers;
        }
    }
}
