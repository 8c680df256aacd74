package dev.tollgate.application.relay;

import static dev.tollgate.application.usage.Calls.DAY;
import static dev.tollgate.application.usage.Calls.OF_KEY;
import static dev.tollgate.application.usage.Calls.OF_USER;
import static dev.tollgate.application.usage.Calls.PACKAGE;
import static dev.tollgate.application.usage.Calls.TOTAL;
import static dev.tollgate.application.usage.Calls.USER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tollgate.application.relay.LimitName.Measure;
import dev.tollgate.application.relay.LiveStore.Leased;
import dev.tollgate.application.usage.Calls;
import dev.tollgate.application.usage.InMemoryUsageLedger;
import dev.tollgate.application.usage.LiveCounters.Correction;
import dev.tollgate.application.usage.SteppedClock;
import dev.tollgate.application.usage.StreamPosition;
import dev.tollgate.application.usage.UsageLedger;
import dev.tollgate.application.usage.UsageStream.Pending;
import dev.tollgate.domain.account.Account;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.account.AccountType;
import dev.tollgate.domain.account.Health;
import dev.tollgate.domain.account.Placement;
import dev.tollgate.domain.account.Serving;
import dev.tollgate.domain.entitlement.Payer;
import dev.tollgate.domain.entitlement.SpendMode;
import dev.tollgate.domain.entitlement.Spent;
import dev.tollgate.domain.entitlement.UserPackageId;
import dev.tollgate.domain.entitlement.Window;
import dev.tollgate.domain.entitlement.WindowKind;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.domain.relay.Settlement;
import dev.tollgate.domain.relay.Subject;
import dev.tollgate.domain.relay.SubjectKind;
import dev.tollgate.domain.relay.SubjectWindows;
import dev.tollgate.domain.relay.Ticket;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every live store must do, whatever it keeps its data in. */
public abstract class LiveStoreContract {
    private static final int SHARDS = 16;
    private static final int SHARD = 7;
    /** More subjects of a shard than any store asks about in one step. */
    private static final int MANY_AT_ONCE = 60;

    private static final int STREAM_MAX = 1_000;
    private static final int MANY = 1_000_000;

    protected final SteppedClock clock = new SteppedClock();
    protected final InMemoryUsageLedger ledger = new InMemoryUsageLedger();
    private LiveStore store;

    /** A store without any data. */
    protected abstract LiveStore create(UsageLedger ledger, InstantSource clock, int shards, int streamMax);

    @BeforeEach
    void start() {
        store = create(ledger, clock, SHARDS, STREAM_MAX);
    }

    @Test
    void holds_the_most_a_call_can_cost() {
        assertThat(store.reserve(call(Calls.id(), 40, 40))).isEqualTo(new Reservation.Held(0, nanos(40), null));
        assertThat(store.spent(USER, PACKAGE).get(TOTAL)).isEqualTo(new Spent(Money.ZERO, nanos(40)));
        assertThat(store.spent(USER, OF_KEY).get(DAY.key())).isEqualTo(new Spent(Money.ZERO, nanos(40)));
        assertThat(store.openHolds()).isOne();
    }

    @Test
    void holds_what_is_left_when_that_is_enough() {
        hold(call(Calls.id(), 70, 70));

        assertThat(store.reserve(call(Calls.id(), 70, 30))).isEqualTo(new Reservation.Held(0, nanos(30), null));
    }

    @Test
    void refuses_one_nano_more_than_is_left_and_takes_nothing() {
        hold(call(Calls.id(), 70, 70));

        assertThat(store.reserve(call(Calls.id(), 31, 31)))
                .isEqualTo(new Reservation.Refused(
                        0, new LimitName(SubjectKind.PACKAGE, Measure.COST, WindowKind.TOTAL), 100, 0, 70, null));
        assertThat(store.spent(USER, PACKAGE).get(TOTAL)).isEqualTo(new Spent(Money.ZERO, nanos(70)));
        assertThat(store.openHolds()).isOne();
    }

    @Test
    void asks_the_next_payer_before_it_lowers_the_bound() {
        hold(call(Calls.id(), 70, 70));
        PayerTerms second = new PayerTerms(
                new Payer.OfCredit(USER),
                SpendMode.STRICT,
                nanos(50),
                nanos(10),
                List.of(new CostLimit(new Subject(SubjectKind.CREDIT, USER.value()), Window.TOTAL, nanos(50), 1)),
                new SubjectWindows(new Subject(SubjectKind.CREDIT, USER.value()), List.of(TOTAL)));

        assertThat(store.reserve(with(call(Calls.id(), 50, 10), payer(100, 50, 10), second)))
                .isEqualTo(new Reservation.Held(1, nanos(50), null));
    }

    @Test
    void names_the_keys_own_limit_when_that_is_in_the_way() {
        CostLimit daily = new CostLimit(OF_KEY, DAY, nanos(30), 1);
        Reserve call = limited(call(Calls.id(), 40, 40), List.of(daily), List.of());

        assertThat(store.reserve(call))
                .isEqualTo(new Reservation.Refused(
                        -1, new LimitName(SubjectKind.KEY, Measure.COST, WindowKind.DAY), 30, 0, 0, DAY.end()));
    }

    @Test
    void overdraws_a_lenient_payer_once_and_only_while_anything_is_left() {
        hold(call(Calls.id(), 99, 99));

        assertThat(store.reserve(with(call(Calls.id(), 40, 40), lenient(40, 20))))
                .isEqualTo(new Reservation.Held(0, nanos(40), null));
        assertThat(store.reserve(with(call(Calls.id(), 40, 40), lenient(40, 20))))
                .isEqualTo(new Reservation.Refused(
                        0, new LimitName(SubjectKind.PACKAGE, Measure.COST, WindowKind.TOTAL), 100, 0, 139, null));
    }

    @Test
    void asks_a_payer_that_carries_all_before_it_overdraws_a_lenient_one() {
        hold(call(Calls.id(), 99, 99));
        PayerTerms metered =
                new PayerTerms(new Payer.Metered(), SpendMode.STRICT, nanos(40), nanos(40), List.of(), null);

        assertThat(store.reserve(with(call(Calls.id(), 40, 40), lenient(40, 20), metered)))
                .isEqualTo(new Reservation.Held(1, nanos(40), null));
    }

    @Test
    void keeps_the_keys_own_limit_whatever_a_lenient_payer_would_carry() {
        List<CostLimit> daily = List.of(new CostLimit(OF_KEY, DAY, nanos(30), 1));

        assertThat(store.reserve(limited(with(call(Calls.id(), 40, 40), lenient(40, 20)), daily, List.of())))
                .isEqualTo(new Reservation.Held(0, nanos(30), null));
        assertThat(store.reserve(limited(with(call(Calls.id(), 40, 40), lenient(40, 20)), daily, List.of())))
                .isEqualTo(new Reservation.Refused(
                        -1, new LimitName(SubjectKind.KEY, Measure.COST, WindowKind.DAY), 30, 0, 30, DAY.end()));
    }

    @Test
    void repeats_its_first_answer() {
        RequestId taken = Calls.id();
        RequestId refused = Calls.id();
        Reservation held = store.reserve(call(taken, 70, 70));
        Reservation refusal = store.reserve(call(refused, 70, 70));

        assertThat(store.reserve(call(taken, 70, 70))).isEqualTo(held);
        store.cancel(taken);
        assertThat(store.reserve(call(refused, 70, 70))).isEqualTo(refusal);
    }

    @Test
    void counts_a_call_that_is_held_again_among_the_calls_at_once() {
        RateLimits one = new RateLimits(OF_KEY, 0, 0, 1, 0, DAY);
        Ticket swept = Calls.ticket(Calls.id(), nanos(1));
        hold(limited(call(swept.id(), 1, 1), List.of(), List.of(one)));
        clock.advance(Duration.ofSeconds(LiveStore.LEASE_SECONDS));
        assertThat(store.sweep(SHARD, Set.of())).isEmpty();
        assertThat(store.reopen(swept, swept.hold().amount())).isTrue();

        assertThat(store.reserve(limited(call(Calls.id(), 1, 1), List.of(), List.of(one))))
                .isInstanceOf(Reservation.Refused.class);
        store.settle(Calls.settled(swept, 1));
        assertThat(store.reserve(limited(call(Calls.id(), 1, 1), List.of(), List.of(one))))
                .isInstanceOf(Reservation.Held.class);
    }

    @Test
    void does_not_reopen_a_cancelled_call() {
        RequestId id = Calls.id();
        hold(call(id, 70, 70));
        store.cancel(id);

        assertThat(store.reserve(call(id, 70, 70))).isInstanceOf(Reservation.Closed.class);
        assertThat(store.sent(Calls.ticket(id, nanos(70)))).isFalse();
        assertThat(store.heartbeat(List.of(Calls.progress(Calls.ticket(id, nanos(70)), 5))))
                .containsExactly(id);
        assertThat(store.openHolds()).isZero();
        assertThat(store.spent(USER, PACKAGE).get(TOTAL)).isEqualTo(Spent.NOTHING);
    }

    @Test
    void settles_once_whoever_comes_how_often() {
        Ticket ticket = sent(70);
        Settlement settlement = Calls.settled(ticket, 12);
        store.settle(settlement);
        store.settle(settlement);
        store.cancel(ticket.id());

        assertThat(store.spent(USER, PACKAGE).get(TOTAL)).isEqualTo(new Spent(nanos(12), Money.ZERO));
        assertThat(store.spent(USER, OF_USER).get(DAY.key())).isEqualTo(new Spent(nanos(12), Money.ZERO));
        assertThat(store.pending(SHARD, MANY)).hasSize(1);
        assertThat(store.openHolds()).isZero();
    }

    @Test
    void counts_a_settlement_it_knows_no_hold_of() {
        store.settle(Calls.settled(Calls.ticket(Calls.id(), nanos(70)), 12));

        assertThat(store.spent(USER, PACKAGE).get(TOTAL)).isEqualTo(new Spent(nanos(12), Money.ZERO));
    }

    @Test
    void makes_an_orphan_up_to_its_final_result() {
        Ticket ticket = sent(70);
        store.settle(Calls.orphan(ticket, 5));
        store.settle(Calls.orphan(ticket, 9));
        store.settle(Calls.settled(ticket, 12));
        store.settle(Calls.orphan(ticket, 5));

        assertThat(store.spent(USER, PACKAGE).get(TOTAL)).isEqualTo(new Spent(nanos(12), Money.ZERO));
        assertThat(store.pending(SHARD, MANY))
                .extracting(Pending::addedRequests, Pending::addedCost)
                .containsExactly(tuple(1L, nanos(5)), tuple(0L, nanos(7)));
    }

    @Test
    void drops_an_unsent_hold_whose_lease_ran_out() {
        RequestId id = Calls.id();
        hold(call(id, 70, 70));
        clock.advance(Duration.ofSeconds(LiveStore.LEASE_SECONDS - 1L));
        assertThat(store.sweep(SHARD, Set.of())).isEmpty();
        assertThat(store.openHolds()).isOne();

        clock.advance(Duration.ofSeconds(1));
        assertThat(store.sweep(SHARD, Set.of())).isEmpty();
        assertThat(store.openHolds()).isZero();
        assertThat(store.sent(Calls.ticket(id, nanos(70)))).isFalse();
    }

    @Test
    void reports_a_sent_call_whose_owner_is_gone_until_it_is_settled() {
        Ticket ticket = sent(70);
        assertThat(store.heartbeat(List.of(Calls.progress(ticket, 4)))).isEmpty();
        clock.advance(Duration.ofSeconds(LiveStore.LEASE_SECONDS));

        assertThat(store.sweep(SHARD, Set.of(ticket.id()))).isEmpty();
        LiveStore.Lost lost = new LiveStore.Lost(ticket, Calls.progress(ticket, 4));
        assertThat(store.sweep(SHARD, Set.of())).containsExactly(lost);
        assertThat(store.sweep(SHARD, Set.of())).containsExactly(lost);

        store.settle(Calls.orphan(ticket, 4));
        assertThat(store.sweep(SHARD, Set.of())).isEmpty();
    }

    @Test
    void leaves_a_swept_call_alone_whose_owner_is_back() {
        Ticket ticket = sent(70);
        clock.advance(Duration.ofSeconds(LiveStore.LEASE_SECONDS));
        assertThat(store.sweep(SHARD, Set.of())).hasSize(1);
        assertThat(store.heartbeat(List.of(Calls.progress(ticket, 4)))).isEmpty();

        assertThat(store.orphan(Calls.orphan(ticket, 4))).isFalse();
        assertThat(store.openHolds()).isOne();
        assertThat(store.pending(SHARD, MANY)).isEmpty();
        clock.advance(Duration.ofSeconds(LiveStore.LEASE_SECONDS));
        assertThat(store.orphan(Calls.orphan(ticket, 5))).isTrue();
        store.settle(Calls.settled(ticket, 12));
        assertThat(store.pending(SHARD, MANY))
                .extracting(Pending::addedRequests, Pending::addedCost)
                .containsExactly(tuple(1L, nanos(5)), tuple(0L, nanos(7)));
        assertThat(store.openHolds()).isZero();
    }

    @Test
    void frees_the_hold_of_a_call_that_is_recorded_already_and_counts_nothing() {
        Ticket ticket = sent(70);
        assertThat(store.held(SHARD)).containsExactly(ticket.id());
        store.release(SHARD, ticket.id());
        store.release(SHARD, ticket.id());

        assertThat(store.held(SHARD)).isEmpty();
        assertThat(store.spent(USER, PACKAGE).get(TOTAL)).isEqualTo(Spent.NOTHING);
        assertThat(store.heartbeat(List.of(Calls.progress(ticket, 5)))).containsExactly(ticket.id());
        assertThat(store.pending(SHARD, MANY)).isEmpty();
    }

    @Test
    void settles_again_what_it_knows_only_once() {
        Ticket ticket = sent(70);
        String life = store.life();
        store.settle(Calls.settled(ticket, 12));
        store.settleAgain(Calls.settled(ticket, 12));
        store.settleAgain(Calls.settled(Calls.ticket(Calls.id(), nanos(70)), 8));

        assertThat(store.spent(USER, PACKAGE).get(TOTAL)).isEqualTo(new Spent(nanos(20), Money.ZERO));
        assertThat(store.life()).isEqualTo(life);
    }

    @Test
    void knows_what_is_used_after_hours_in_which_nobody_called() {
        Ticket ticket = sent(100);
        store.settle(Calls.settled(ticket, 100));
        clock.advance(Duration.ofHours(2));

        assertThat(store.reserve(call(Calls.id(), 1, 1))).isInstanceOf(Reservation.Refused.class);
        assertThat(store.reserve(call(Calls.id(), 1, 1))).isInstanceOf(Reservation.Refused.class);
    }

    @Test
    void takes_a_lost_hold_again_unless_the_call_is_settled() {
        Ticket swept = Calls.ticket(Calls.id(), nanos(70));
        hold(call(swept.id(), 70, 70));
        clock.advance(Duration.ofSeconds(LiveStore.LEASE_SECONDS));
        assertThat(store.sweep(SHARD, Set.of())).isEmpty();
        Ticket settled = sent(30);
        store.settle(Calls.settled(settled, 30));

        assertThat(store.reopen(settled, nanos(30))).isFalse();
        assertThat(store.reopen(swept, nanos(70))).isTrue();
        assertThat(store.reopen(swept, nanos(70))).isTrue();
        assertThat(store.spent(USER, PACKAGE).get(TOTAL)).isEqualTo(new Spent(nanos(30), nanos(70)));
        assertThat(store.reopen(Calls.ticket(Calls.id(), nanos(1)), nanos(1))).isFalse();
    }

    @Test
    void raises_a_hold_to_an_amount_once_and_never_lowers_it() {
        Ticket ticket = sent(30);

        assertThat(store.raise(ticket, nanos(70), limits())).isEqualTo(new Raised.Held(nanos(70)));
        assertThat(store.raise(ticket, nanos(70), limits())).isEqualTo(new Raised.Held(nanos(70)));
        assertThat(store.raise(ticket, nanos(40), limits())).isEqualTo(new Raised.Held(nanos(70)));
        assertThat(store.spent(USER, PACKAGE).get(TOTAL)).isEqualTo(new Spent(Money.ZERO, nanos(70)));
        assertThat(store.spent(USER, OF_KEY).get(DAY.key())).isEqualTo(new Spent(Money.ZERO, nanos(70)));
        assertThat(store.snapshot(SHARD, Set.of()).holds())
                .allSatisfy(hold -> assertThat(hold.amount()).isEqualTo(nanos(70)));
    }

    @Test
    void raises_a_hold_no_further_than_its_limits_carry() {
        Ticket ticket = sent(30);
        hold(call(Calls.id(), 40, 40));

        LimitName total = new LimitName(SubjectKind.PACKAGE, Measure.COST, WindowKind.TOTAL);
        assertThat(store.raise(ticket, nanos(61), limits()))
                .isEqualTo(new Raised.Refused(new Reservation.Refused(-1, total, 100, 0, 70, null)));
        CostLimit daily = new CostLimit(OF_KEY, DAY, nanos(80), 0);
        assertThat(store.raise(ticket, nanos(41), limits(daily)))
                .isEqualTo(new Raised.Refused(new Reservation.Refused(
                        -1, new LimitName(SubjectKind.KEY, Measure.COST, WindowKind.DAY), 80, 0, 70, DAY.end())));
        assertThat(store.spent(USER, PACKAGE).get(TOTAL)).isEqualTo(new Spent(Money.ZERO, nanos(70)));
        assertThat(store.raise(ticket, nanos(60), limits())).isEqualTo(new Raised.Held(nanos(60)));
    }

    @Test
    void raises_a_hold_under_the_limit_that_stands_now() {
        Ticket ticket = sent(30);
        store.limit(USER, new CostLimit(PACKAGE, Window.TOTAL, nanos(50), 9));

        assertThat(store.raise(ticket, nanos(51), limits())).isInstanceOf(Raised.Refused.class);
        assertThat(store.raise(ticket, nanos(50), limits())).isEqualTo(new Raised.Held(nanos(50)));
    }

    @Test
    void frees_all_that_a_raised_hold_has() {
        Ticket settled = sent(10);
        assertThat(store.raise(settled, nanos(60), limits())).isInstanceOf(Raised.Held.class);
        store.settle(Calls.settled(settled, 25));
        RequestId dropped = Calls.id();
        hold(call(dropped, 10, 10));
        assertThat(store.raise(Calls.ticket(dropped, nanos(10)), nanos(60), limits()))
                .isInstanceOf(Raised.Held.class);
        store.cancel(dropped);
        Ticket swept = sent(10);
        assertThat(store.raise(swept, nanos(60), limits())).isInstanceOf(Raised.Held.class);
        clock.advance(Duration.ofSeconds(LiveStore.LEASE_SECONDS));
        assertThat(store.sweep(SHARD, Set.of())).hasSize(1);
        store.settle(Calls.orphan(swept, 4));

        assertThat(store.spent(USER, PACKAGE).get(TOTAL)).isEqualTo(new Spent(nanos(29), Money.ZERO));
        assertThat(store.openHolds()).isZero();
        assertThat(store.raise(settled, nanos(70), limits())).isEqualTo(new Raised.Lost());
    }

    @Test
    void takes_a_lost_hold_again_at_what_it_was_raised_to() {
        Ticket ticket = sent(10);
        store.release(SHARD, ticket.id());
        assertThat(store.raise(ticket, nanos(60), limits())).isEqualTo(new Raised.Lost());

        assertThat(store.reopen(ticket, nanos(60))).isTrue();
        assertThat(store.spent(USER, PACKAGE).get(TOTAL)).isEqualTo(new Spent(Money.ZERO, nanos(60)));
        assertThat(store.raise(ticket, nanos(70), limits())).isEqualTo(new Raised.Held(nanos(70)));
    }

    @Test
    void raises_of_many_calls_at_once_never_pass_the_limit() throws Exception {
        List<Callable<Raised>> raises = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            Ticket ticket = sent(4);
            raises.add(() -> store.raise(ticket, nanos(20), limits()));
            raises.add(() -> store.raise(ticket, nanos(20), limits()));
        }
        long held = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<Raised> raise : threads.invokeAll(raises)) {
                held += raise.get() instanceof Raised.Held ? 1 : 0;
            }
        }

        assertThat(held).isEqualTo(2 * 3);
        assertThat(store.spent(USER, PACKAGE).get(TOTAL).held()).isEqualTo(nanos(3 * 20 + 7 * 4));
    }

    private static List<CostLimit> limits(CostLimit... ofKey) {
        List<CostLimit> limits = new ArrayList<>(List.of(new CostLimit(PACKAGE, Window.TOTAL, nanos(100), 1)));
        limits.addAll(List.of(ofKey));
        return limits;
    }

    @Test
    void follows_the_limit_with_the_highest_version() {
        store.limit(USER, new CostLimit(PACKAGE, Window.TOTAL, nanos(50), 9));

        assertThat(store.reserve(call(Calls.id(), 60, 60)))
                .isInstanceOfSatisfying(
                        Reservation.Refused.class,
                        refused -> assertThat(refused.limit()).isEqualTo(50));
    }

    @Test
    void a_limit_made_known_is_met_by_calls_that_know_of_none_until_a_newer_none() {
        store.limit(USER, new CostLimit(OF_KEY, DAY, nanos(50), 1));

        CostLimit noneBefore = new CostLimit(OF_KEY, DAY, CostLimit.NONE, 0);
        assertThat(store.reserve(limited(call(Calls.id(), 60, 60), List.of(noneBefore), List.of())))
                .isInstanceOfSatisfying(
                        Reservation.Refused.class,
                        refused -> assertThat(refused.limit()).isEqualTo(50));
        hold(limited(call(Calls.id(), 50, 50), List.of(noneBefore), List.of()));

        CostLimit noneAfter = new CostLimit(OF_KEY, DAY, CostLimit.NONE, 2);
        hold(limited(call(Calls.id(), 40, 40), List.of(noneAfter), List.of()));
        hold(limited(call(Calls.id(), 10, 10), List.of(noneBefore), List.of()));
    }

    @Test
    void counts_requests_by_the_minute() {
        RateLimits two = new RateLimits(OF_KEY, 2, 0, 0, 0, DAY);
        hold(limited(call(Calls.id(), 1, 1), List.of(), List.of(two)));
        hold(limited(call(Calls.id(), 1, 1), List.of(), List.of(two)));

        assertThat(store.reserve(limited(call(Calls.id(), 1, 1), List.of(), List.of(two))))
                .isEqualTo(new Reservation.Refused(
                        -1,
                        new LimitName(SubjectKind.KEY, Measure.REQUESTS_PER_MINUTE, null),
                        2,
                        2,
                        0,
                        SteppedClock.NOON.plusSeconds(60)));
        clock.advance(Duration.ofSeconds(60));
        assertThat(store.reserve(limited(call(Calls.id(), 1, 1), List.of(), List.of(two))))
                .isInstanceOf(Reservation.Held.class);
    }

    @Test
    void corrects_the_minutes_tokens_when_a_call_is_settled() {
        RateLimits thousand = new RateLimits(OF_KEY, 0, 1_000, 0, 0, DAY);
        Ticket ticket = Calls.ticket(Calls.id(), nanos(10));
        hold(limited(call(ticket.id(), 10, 10, 5_000), List.of(), List.of(thousand)));
        assertThat(store.sent(ticket)).isTrue();
        assertThat(store.reserve(limited(call(Calls.id(), 1, 1, 1), List.of(), List.of(thousand))))
                .isInstanceOf(Reservation.Refused.class);

        store.settle(Calls.settled(ticket, 10));
        assertThat(store.reserve(limited(call(Calls.id(), 1, 1, 990), List.of(), List.of(thousand))))
                .isInstanceOf(Reservation.Held.class);
    }

    @Test
    void lets_only_so_many_calls_run_at_once() {
        RateLimits one = new RateLimits(OF_USER, 0, 0, 1, 0, DAY);
        RequestId first = Calls.id();
        hold(limited(call(first, 1, 1), List.of(), List.of(one)));

        assertThat(store.reserve(limited(call(Calls.id(), 1, 1), List.of(), List.of(one))))
                .isEqualTo(new Reservation.Refused(
                        -1, new LimitName(SubjectKind.USER, Measure.CONCURRENCY, null), 1, 1, 0, null));
        store.cancel(first);
        assertThat(store.reserve(limited(call(Calls.id(), 1, 1), List.of(), List.of(one))))
                .isInstanceOf(Reservation.Held.class);
    }

    @Test
    void gives_a_daily_request_back_if_nothing_was_sent() {
        RateLimits one = new RateLimits(OF_KEY, 0, 0, 0, 1, DAY);
        RequestId unsent = Calls.id();
        hold(limited(call(unsent, 1, 1), List.of(), List.of(one)));
        store.cancel(unsent);
        Ticket ticket = Calls.ticket(Calls.id(), nanos(1));
        hold(limited(call(ticket.id(), 1, 1), List.of(), List.of(one)));
        assertThat(store.sent(ticket)).isTrue();
        store.settle(Calls.settled(ticket, 0));

        assertThat(store.reserve(limited(call(Calls.id(), 1, 1), List.of(), List.of(one))))
                .isEqualTo(new Reservation.Refused(
                        -1, new LimitName(SubjectKind.KEY, Measure.REQUESTS, WindowKind.DAY), 1, 1, 0, DAY.end()));
    }

    @Test
    void frees_the_place_of_a_call_that_counts_in_no_window() {
        RateLimits one = new RateLimits(OF_KEY, 0, 0, 1, 0, DAY);
        RateLimits daily = new RateLimits(OF_KEY, 0, 0, 0, 1, DAY);
        RequestId free = Calls.id();
        hold(inNoWindow(call(free, 0, 0), one));

        assertThat(store.reserve(inNoWindow(call(Calls.id(), 0, 0), one))).isInstanceOf(Reservation.Refused.class);
        RequestId paid = Calls.id();
        hold(limited(call(paid, 1, 1), List.of(), List.of(daily)));
        store.cancel(paid);
        store.cancel(free);
        assertThat(store.reserve(inNoWindow(call(Calls.id(), 0, 0), one))).isInstanceOf(Reservation.Held.class);
    }

    @Test
    void weighs_a_call_as_it_would_admit_it_and_takes_nothing() {
        hold(call(Calls.id(), 70, 70));
        RateLimits one = new RateLimits(OF_KEY, 0, 0, 1, 0, DAY);
        Reserve carried = limited(call(Calls.id(), 30, 30), List.of(), List.of(one));
        Reserve lowered = call(Calls.id(), 60, 20);
        Reserve tooLarge = call(Calls.id(), 31, 31);
        var before = store.snapshot(SHARD, store.subjects(SHARD));

        List<Reservation> weighed =
                Stream.of(carried, lowered, tooLarge).map(store::weigh).toList();
        assertThat(weighed)
                .containsExactly(
                        new Reservation.Held(0, nanos(30), null),
                        new Reservation.Held(0, nanos(30), null),
                        new Reservation.Refused(
                                0,
                                new LimitName(SubjectKind.PACKAGE, Measure.COST, WindowKind.TOTAL),
                                100,
                                0,
                                70,
                                null));
        assertThat(store.snapshot(SHARD, store.subjects(SHARD))).isEqualTo(before);
        assertThat(store.openHolds()).isOne();

        assertThat(store.reserve(tooLarge)).isEqualTo(weighed.get(2));
        assertThat(store.reserve(carried)).isEqualTo(weighed.get(0));
        assertThat(store.weigh(limited(call(Calls.id(), 0, 0), List.of(), List.of(one))))
                .isEqualTo(store.reserve(limited(call(Calls.id(), 0, 0), List.of(), List.of(one))))
                .isInstanceOf(Reservation.Refused.class);
    }

    @Test
    void learns_no_limit_from_a_call_that_is_only_weighed() {
        PayerTerms large = new PayerTerms(
                new Payer.OfPackage(new UserPackageId(PACKAGE.id())),
                SpendMode.STRICT,
                nanos(1),
                nanos(1),
                List.of(new CostLimit(PACKAGE, Window.TOTAL, nanos(500), 9)),
                Calls.packageWindows());
        assertThat(store.weigh(with(call(Calls.id(), 1, 1), large))).isInstanceOf(Reservation.Held.class);

        assertThat(store.reserve(call(Calls.id(), 101, 101))).isInstanceOf(Reservation.Refused.class);
    }

    @Test
    void tells_what_counts_by_the_minute_at_once_and_by_the_day() {
        RateLimits limits = new RateLimits(OF_KEY, 10, 1_000, 10, 10, DAY);
        Ticket ticket = Calls.ticket(Calls.id(), nanos(10));
        hold(limited(call(ticket.id(), 10, 10, 700), List.of(), List.of(limits)));
        assertThat(store.sent(ticket)).isTrue();
        hold(limited(call(Calls.id(), 10, 10, 100), List.of(), List.of(limits)));

        Pace busy = store.pace(USER, OF_KEY);
        assertThat(busy.minuteEnds()).isEqualTo(SteppedClock.NOON.plusSeconds(60));
        assertThat(List.of(busy.requests(), busy.tokens(), busy.running())).containsExactly(2L, 800L, 2L);
        assertThat(busy.windows().get(DAY.key())).isEqualTo(new Pace.Requests(0, 2));

        Settlement settled = Calls.settled(ticket, 10);
        store.settle(settled);
        Pace calmer = store.pace(USER, OF_KEY);
        long tokens = 100 + settled.usage().tokens().total();
        assertThat(List.of(calmer.requests(), calmer.tokens(), calmer.running()))
                .containsExactly(2L, tokens, 1L);
        assertThat(calmer.windows().get(DAY.key())).isEqualTo(new Pace.Requests(1, 1));

        clock.advance(Duration.ofSeconds(60));
        Pace later = store.pace(USER, OF_KEY);
        assertThat(later.minuteEnds()).isEqualTo(SteppedClock.NOON.plusSeconds(120));
        assertThat(List.of(later.requests(), later.tokens(), later.running())).containsExactly(0L, 0L, 1L);
    }

    @Test
    void tells_of_many_users_subjects_at_once_what_it_tells_of_each() {
        ledger.record(SHARD, List.of(Calls.settled(Calls.ticket(Calls.id(), nanos(1)), 20)), null);
        RateLimits limits = new RateLimits(OF_KEY, 10, 1_000, 10, 10, DAY);
        hold(limited(call(Calls.id(), 10, 10, 700), List.of(), List.of(limits)));
        Map<Subject, UserId> asked = new HashMap<>(Map.of(PACKAGE, USER, OF_KEY, USER, OF_USER, USER));
        for (int other = 1; other <= 3 * MANY_AT_ONCE; other++) {
            UserId user = new UserId(USER.value() + other * (other % 2 == 0 ? 1L : SHARDS));
            asked.put(new Subject(SubjectKind.USER, user.value()), user);
        }

        Map<Subject, LiveStore.Counted> counted = store.counted(asked);

        assertThat(counted.keySet()).isEqualTo(asked.keySet());
        assertThat(counted.get(PACKAGE).spent().get(TOTAL)).isEqualTo(new Spent(nanos(20), nanos(10)));
        assertThat(counted.get(OF_KEY).pace()).isEqualTo(store.pace(USER, OF_KEY));
        assertThat(counted.get(OF_KEY).pace().tokens()).isEqualTo(700);
        assertThat(counted)
                .allSatisfy((subject, told) ->
                        assertThat(told.spent()).isEqualTo(store.spent(asked.get(subject), subject)));
        assertThat(store.counted(asked)).isEqualTo(counted);
        assertThat(store.counted(Map.of())).isEmpty();
    }

    @Test
    void seeds_a_cold_counter_with_what_sql_has_and_what_is_on_its_way() {
        ledger.record(SHARD, List.of(Calls.settled(Calls.ticket(Calls.id(), nanos(1)), 20)), null);
        store.settle(Calls.settled(Calls.ticket(Calls.id(), nanos(1)), 30));
        drainWithoutTellingTheStore();
        store.settle(Calls.settled(Calls.ticket(Calls.id(), nanos(1)), 40));

        assertThat(store.spent(USER, PACKAGE).get(TOTAL)).isEqualTo(new Spent(nanos(90), Money.ZERO));
    }

    private void drainWithoutTellingTheStore() {
        List<Pending> pending = store.pending(SHARD, MANY);
        ledger.record(
                SHARD,
                pending.stream().map(Pending::settlement).toList(),
                new StreamPosition(store.generation(), pending.getLast().id()));
    }

    @Test
    void knows_after_a_restart_what_sql_has() {
        Ticket ticket = sent(70);
        store.settle(Calls.settled(ticket, 60));
        drainWithoutTellingTheStore();
        start();

        assertThat(store.reserve(call(Calls.id(), 41, 41))).isInstanceOf(Reservation.Refused.class);
        assertThat(store.reserve(call(Calls.id(), 40, 40))).isInstanceOf(Reservation.Held.class);
    }

    @Test
    void forgets_what_sql_has_committed_and_nothing_else() {
        store.settle(Calls.settled(Calls.ticket(Calls.id(), nanos(1)), 1));
        store.settle(Calls.settled(Calls.ticket(Calls.id(), nanos(1)), 2));
        List<Pending> first = store.pending(SHARD, 1);
        assertThat(store.has(SHARD, first.getFirst().id())).isTrue();
        store.drained(SHARD, first);

        assertThat(store.pending(SHARD, MANY))
                .extracting(entry -> entry.settlement().charge().total())
                .containsExactly(nanos(2));
        assertThat(store.backlog()).isOne();
    }

    @Test
    void admits_nothing_while_too_much_waits_for_sql() {
        for (int i = 0; i < STREAM_MAX; i++) {
            store.settle(Calls.settled(Calls.ticket(Calls.id(), nanos(0)), 0));
        }

        assertThat(store.reserve(call(Calls.id(), 1, 1))).isInstanceOf(Reservation.Closed.class);
        store.drained(SHARD, store.pending(SHARD, 1));
        assertThat(store.reserve(call(Calls.id(), 1, 1))).isInstanceOf(Reservation.Held.class);
    }

    @Test
    void never_spends_more_than_there_is_however_many_ask_at_once() throws Exception {
        Random random = new Random(1);
        List<Callable<Money>> calls = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            long most = 1L + random.nextInt(20);
            calls.add(() -> spend(most));
        }
        Money spent = Money.ZERO;
        try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
            for (Future<Money> call : threads.invokeAll(calls)) {
                spent = spent.plus(call.get());
            }
        }

        assertThat(spent).isLessThanOrEqualTo(nanos(100));
        assertThat(spent).isGreaterThan(nanos(80));
        assertThat(store.spent(USER, PACKAGE).get(TOTAL)).isEqualTo(new Spent(spent, Money.ZERO));
        assertThat(store.openHolds()).isZero();
    }

    private Money spend(long most) {
        Ticket ticket = Calls.ticket(Calls.id(), nanos(most));
        if (!(store.reserve(call(ticket.id(), most, most)) instanceof Reservation.Held)) {
            return Money.ZERO;
        }
        assertThat(store.sent(ticket)).isTrue();
        store.settle(Calls.settled(ticket, most));
        return nanos(most);
    }

    @Test
    void refuses_nobody_who_can_pay() throws Exception {
        List<Callable<Reservation>> calls = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            calls.add(() -> store.reserve(call(Calls.id(), 1, 1)));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
            for (Future<Reservation> call : threads.invokeAll(calls)) {
                assertThat(call.get()).isInstanceOf(Reservation.Held.class);
            }
        }
    }

    @Test
    void leases_an_accounts_slots() {
        Account account = account(1, Money.ZERO);
        RequestId first = Calls.id();
        assertThat(lease(account, first, 0)).isEqualTo(Leased.TAKEN);
        assertThat(lease(account, first, 0)).isEqualTo(Leased.TAKEN);
        assertThat(lease(account, Calls.id(), 0)).isEqualTo(Leased.BUSY);
        assertThat(store.inFlight()).isEqualTo(Map.of(account.id(), 1));

        store.releaseSlot(account.id(), first, Money.ZERO);
        assertThat(store.inFlight()).isEmpty();
        assertThat(lease(account, Calls.id(), 0)).isEqualTo(Leased.TAKEN);
    }

    @Test
    void starts_a_call_with_a_slot_and_a_mark_or_with_neither() {
        Account account = account(1, Money.ZERO);
        Ticket first = Calls.ticket(Calls.id(), nanos(1));
        Ticket second = Calls.ticket(Calls.id(), nanos(1));
        hold(call(first.id(), 1, 1));
        hold(call(second.id(), 1, 1));

        assertThat(store.start(account, first, Money.ZERO)).isEqualTo(Leased.TAKEN);
        assertThat(store.start(account, second, Money.ZERO)).isEqualTo(Leased.BUSY);
        store.cancel(first.id());
        store.cancel(second.id());
        assertThat(store.openHolds()).isOne();
        store.releaseSlot(account.id(), first.id(), Money.ZERO);

        assertThat(store.start(account, second, Money.ZERO)).isEqualTo(Leased.BUSY);
        assertThat(store.inFlight()).isEmpty();
        store.unsend(USER, first.id());
        store.cancel(first.id());
        assertThat(store.openHolds()).isZero();
    }

    @Test
    void frees_the_slot_of_a_dead_node() {
        Account account = account(1, Money.ZERO);
        Ticket ticket = sent(1);
        assertThat(lease(account, ticket.id(), 0)).isEqualTo(Leased.TAKEN);
        clock.advance(Duration.ofSeconds(LiveStore.LEASE_SECONDS - 1L));
        assertThat(store.heartbeat(List.of(Calls.progress(ticket, 1)))).isEmpty();
        clock.advance(Duration.ofSeconds(LiveStore.LEASE_SECONDS - 1L));
        assertThat(lease(account, Calls.id(), 0)).isEqualTo(Leased.BUSY);

        clock.advance(Duration.ofSeconds(1));
        assertThat(lease(account, Calls.id(), 0)).isEqualTo(Leased.TAKEN);
    }

    @Test
    void keeps_to_an_accounts_daily_budget() {
        Account account = account(0, nanos(10));
        RequestId id = Calls.id();
        assertThat(lease(account, id, 0)).isEqualTo(Leased.TAKEN);
        store.releaseSlot(account.id(), id, nanos(10));
        store.releaseSlot(account.id(), id, nanos(10));
        assertThat(lease(account, Calls.id(), 0)).isEqualTo(Leased.SPENT);
        assertThat(store.overBudget()).containsExactly(account.id());

        correct(account, 9, true);
        assertThat(lease(account, Calls.id(), 0)).isEqualTo(Leased.TAKEN);
        clock.advance(Duration.ofHours(12));
        assertThat(store.overBudget()).isEmpty();
        assertThat(lease(account, Calls.id(), 0)).isEqualTo(Leased.TAKEN);
    }

    @Test
    void holds_what_running_calls_can_cost_an_account() {
        Account account = account(0, nanos(10));
        RequestId first = Calls.id();
        RequestId second = Calls.id();
        assertThat(lease(account, first, 4)).isEqualTo(Leased.TAKEN);
        assertThat(lease(account, second, 6)).isEqualTo(Leased.TAKEN);
        assertThat(lease(account, Calls.id(), 1)).isEqualTo(Leased.BUSY);
        assertThat(store.overBudget()).isEmpty();

        store.releaseSlot(account.id(), first, nanos(1));
        assertThat(lease(account, Calls.id(), 4)).isEqualTo(Leased.BUSY);
        assertThat(lease(account, Calls.id(), 3)).isEqualTo(Leased.TAKEN);

        clock.advance(Duration.ofSeconds(LiveStore.LEASE_SECONDS));
        assertThat(lease(account, Calls.id(), 9)).isEqualTo(Leased.TAKEN);
    }

    @Test
    void lets_a_call_have_all_that_is_left_of_a_budget_to_itself() {
        Account account = account(0, nanos(10));
        RequestId dear = Calls.id();
        assertThat(lease(account, dear, 100)).isEqualTo(Leased.TAKEN);
        assertThat(lease(account, Calls.id(), 1)).isEqualTo(Leased.BUSY);

        store.releaseSlot(account.id(), dear, nanos(9));
        RequestId last = Calls.id();
        assertThat(lease(account, last, 100)).isEqualTo(Leased.TAKEN);
        store.releaseSlot(account.id(), last, nanos(1));
        assertThat(lease(account, Calls.id(), 1)).isEqualTo(Leased.SPENT);
    }

    @Test
    void only_raises_what_an_account_cost_while_sql_may_lack_some() {
        Account account = account(0, nanos(10));
        correct(account, 10, false);
        assertThat(lease(account, Calls.id(), 0)).isEqualTo(Leased.SPENT);
        correct(account, 9, false);
        assertThat(lease(account, Calls.id(), 0)).isEqualTo(Leased.SPENT);
        correct(account, 9, true);
        assertThat(lease(account, Calls.id(), 0)).isEqualTo(Leased.TAKEN);
    }

    private Leased lease(Account account, RequestId id, long mostNanos) {
        return store.leaseSlot(account, id, nanos(mostNanos));
    }

    private void correct(Account account, long nanos, boolean mayLower) {
        store.spentUpstream(LocalDate.of(2026, 11, 21), Map.of(account.id(), nanos(nanos)), mayLower);
    }

    @Test
    void binds_a_session_for_an_hour() {
        store.bindSession("strong", Calls.ACCOUNT);

        assertThat(boundTo("weak", "strong")).isEqualTo(Calls.ACCOUNT);
        assertThat(boundTo("weak")).isNull();
        clock.advance(Duration.ofHours(1));
        assertThat(boundTo("strong")).isNull();
    }

    @Test
    void shows_a_shard_as_it_stands() {
        Ticket ticket = sent(70);
        store.settle(Calls.settled(Calls.ticket(Calls.id(), nanos(0)), 12));

        var snapshot = store.snapshot(SHARD, store.subjects(SHARD));
        assertThat(snapshot.generation()).isEqualTo(store.generation());
        assertThat(snapshot.counters().get(PACKAGE).get(TOTAL).spent()).isEqualTo(new Spent(nanos(12), nanos(70)));
        assertThat(snapshot.counters().get(PACKAGE).get(TOTAL).requests()).isOne();
        assertThat(snapshot.holds()).allMatch(hold -> hold.id().equals(ticket.id()));
        assertThat(snapshot.holds()).hasSize(3);
        assertThat(snapshot.pending()).hasSize(1);
        assertThat(store.snapshot(SHARD, Set.of()).counters()).isEmpty();
    }

    @Test
    void adds_to_a_counter_what_it_lacks_and_nothing_to_one_it_does_not_know() {
        store.settle(Calls.settled(sent(70), 12));
        Subject stranger = new Subject(SubjectKind.PACKAGE, 8_888);
        store.correct(
                SHARD,
                List.of(
                        new Correction(PACKAGE, TOTAL, 1, nanos(-2), nanos(5)),
                        new Correction(stranger, TOTAL, 1, nanos(1), nanos(1))));

        var snapshot = store.snapshot(SHARD, store.subjects(SHARD));
        assertThat(snapshot.counters().get(PACKAGE).get(TOTAL).spent()).isEqualTo(new Spent(nanos(10), nanos(5)));
        assertThat(snapshot.counters().get(PACKAGE).get(TOTAL).requests()).isEqualTo(2);
        assertThat(snapshot.counters()).doesNotContainKey(stranger);
        assertThat(store.subjects(SHARD)).contains(PACKAGE).doesNotContain(stranger);
    }

    private @Nullable AccountId boundTo(String... sessions) {
        Reserve call = call(Calls.id(), 1, 1);
        Reserve bound = new Reserve(
                call.id(),
                call.userId(),
                call.apiKeyId(),
                call.payers(),
                call.limits(),
                call.rates(),
                call.tokens(),
                call.windows(),
                List.of(sessions));
        return ((Reservation.Held) store.reserve(bound)).boundTo();
    }

    /** A call that holds an amount and is sent; the package has 100 nano-dollars in all. */
    private Ticket sent(long nanos) {
        Ticket ticket = Calls.ticket(Calls.id(), nanos(nanos));
        assertThat(store.reserve(call(ticket.id(), nanos, nanos))).isInstanceOf(Reservation.Held.class);
        assertThat(store.sent(ticket)).isTrue();
        return ticket;
    }

    private void hold(Reserve call) {
        assertThat(store.reserve(call)).isInstanceOf(Reservation.Held.class);
    }

    private static Reserve call(RequestId id, long most, long least) {
        return call(id, most, least, 0);
    }

    private static Reserve call(RequestId id, long most, long least, long tokens) {
        return new Reserve(
                id,
                USER,
                Calls.KEY,
                List.of(payer(100, most, least)),
                List.of(),
                List.of(),
                tokens,
                Calls.ownWindows(),
                List.of());
    }

    private static PayerTerms payer(long limit, long most, long least) {
        return new PayerTerms(
                new Payer.OfPackage(new UserPackageId(PACKAGE.id())),
                SpendMode.STRICT,
                nanos(most),
                nanos(least),
                List.of(new CostLimit(PACKAGE, Window.TOTAL, nanos(limit), 1)),
                Calls.packageWindows());
    }

    /** The package as a lenient payer, 100 nano-dollars in all. */
    private static PayerTerms lenient(long most, long least) {
        PayerTerms strict = payer(100, most, least);
        return new PayerTerms(
                strict.payer(), SpendMode.LENIENT, strict.most(), strict.least(), strict.limits(), strict.windows());
    }

    private static Reserve with(Reserve call, PayerTerms... payers) {
        return new Reserve(
                call.id(),
                call.userId(),
                call.apiKeyId(),
                List.of(payers),
                call.limits(),
                call.rates(),
                call.tokens(),
                call.windows(),
                call.sessions());
    }

    private static Reserve limited(Reserve call, List<CostLimit> limits, List<RateLimits> rates) {
        return new Reserve(
                call.id(),
                call.userId(),
                call.apiKeyId(),
                call.payers(),
                limits,
                rates,
                call.tokens(),
                call.windows(),
                call.sessions());
    }

    private static Reserve inNoWindow(Reserve call, RateLimits rate) {
        return new Reserve(
                call.id(),
                call.userId(),
                call.apiKeyId(),
                List.of(new PayerTerms(new Payer.Metered(), SpendMode.STRICT, Money.ZERO, Money.ZERO, List.of(), null)),
                List.of(),
                List.of(rate),
                0,
                List.of(new SubjectWindows(OF_USER, List.of()), new SubjectWindows(OF_KEY, List.of())),
                List.of());
    }

    private static Account account(int maxConcurrency, Money dailyBudget) {
        return new Account(
                Calls.ACCOUNT,
                "one",
                AccountType.SIMULATED,
                new Placement(0, 1, maxConcurrency, dailyBudget),
                Serving.BY_FAMILY,
                true,
                Health.VALID);
    }

    private static Money nanos(long nanos) {
        return Money.ofNanos(nanos);
    }
}
