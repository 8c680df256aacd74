package dev.tollgate.application.entitlement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.entitlement.CreditLedger.Booked;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.RequestId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every ledger of credit does. */
public abstract class CreditLedgerContract {
    private static final UserId ANN = new UserId(11);
    private static final UserId BOB = new UserId(12);

    protected abstract CreditLedger ledger();

    @Test
    void the_sum_is_that_of_all_entries_and_its_version_rises_with_each() {
        Booked first = ledger().book(entry(1, ANN, 10, null));
        Booked second = ledger().book(entry(2, ANN, -3, null));

        assertThat(first.sum().granted()).isEqualTo(Money.ofNanos(10));
        assertThat(second.sum().granted()).isEqualTo(Money.ofNanos(7));
        assertThat(second.sum().version()).isGreaterThan(first.sum().version());
        assertThat(ledger().sums(List.of(ANN, BOB))).isEqualTo(Map.of(ANN, second.sum()));
        assertThat(ledger().sums(List.of())).isEmpty();
    }

    @Test
    void the_same_reference_counts_once_for_a_user() {
        CreditEntry entry = entry(1, ANN, 10, "order-1");
        Booked first = ledger().book(entry);

        Booked again = ledger().book(entry(2, ANN, 99, "order-1"));
        Booked others = ledger().book(entry(3, BOB, 5, "order-1"));

        assertThat(first.repeated()).isFalse();
        assertThat(again).isEqualTo(new Booked(entry, true, first.sum()));
        assertThat(others.repeated()).isFalse();
        assertThat(ledger().find(ANN, "order-1")).contains(entry);
        assertThat(ledger().find(ANN, "ORDER-1")).isEmpty();
    }

    @Test
    void entries_come_newest_first_and_page_on_from_an_id() {
        for (long id = 1; id <= 5; id++) {
            Booked unused = ledger().book(entry(id, ANN, id, null));
            assertThat(unused.repeated()).isFalse();
        }

        assertThat(ledger().entries(ANN, null, 2)).extracting(CreditEntry::id).containsExactly(5L, 4L);
        assertThat(ledger().entries(ANN, 4L, 9)).extracting(CreditEntry::id).containsExactly(3L, 2L, 1L);
        assertThat(ledger().entries(BOB, null, 9)).isEmpty();
    }

    @Test
    void grants_at_the_same_time_all_count_and_one_reference_once() throws InterruptedException {
        int threads = 8;
        CountDownLatch done = new CountDownLatch(threads);
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            for (int i = 0; i < threads; i++) {
                long id = i + 1L;
                pool.execute(() -> {
                    ledger().book(entry(id, ANN, 1, null));
                    ledger().book(entry(100 + id, ANN, 1000, "once"));
                    done.countDown();
                });
            }
            assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
        }

        assertThat(ledger().sums(List.of(ANN)).get(ANN).granted()).isEqualTo(Money.ofNanos(1000 + threads));
    }

    @Test
    void refunds_of_a_call_come_to_its_charge_and_no_more() {
        Money charge = Money.ofNanos(10);
        RequestId call = RequestId.at(Examples.START, 1, 2);
        RequestId other = RequestId.at(Examples.START, 1, 3);

        assertThat(ledger().refund(refund(1, call, 6, "first"), charge)).isPresent();
        assertThat(ledger().refund(refund(2, call, 5, null), charge)).isEmpty();
        assertThat(ledger().refund(refund(3, call, 6, "first"), charge))
                .hasValueSatisfying(again -> assertThat(again.repeated()).isTrue());
        assertThat(ledger().refund(refund(4, call, 4, null), charge)).isPresent();
        assertThat(ledger().refund(refund(5, call, 1, null), charge)).isEmpty();
        assertThat(ledger().refund(refund(6, other, 10, null), charge)).isPresent();

        assertThat(ledger().sums(List.of(ANN)).get(ANN).granted()).isEqualTo(Money.ofNanos(20));
        assertThat(ledger().entries(ANN, null, 1)).containsExactly(refund(6, other, 10, null));
    }

    private static CreditEntry entry(long id, UserId user, long nanos, String reference) {
        CreditEntry.Kind kind = nanos < 0 ? CreditEntry.Kind.DEDUCTION : CreditEntry.Kind.GRANT;
        return new CreditEntry(
                id, user, kind, Money.ofNanos(nanos), "because", reference, null, new UserId(1), Examples.START);
    }

    private static CreditEntry refund(long id, RequestId call, long nanos, String reference) {
        return new CreditEntry(
                id,
                ANN,
                CreditEntry.Kind.REFUND,
                Money.ofNanos(nanos),
                "because",
                reference,
                call,
                new UserId(1),
                Examples.START);
    }
}
