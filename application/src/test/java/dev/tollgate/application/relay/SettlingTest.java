package dev.tollgate.application.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.application.usage.Calls;
import dev.tollgate.application.usage.InMemoryUsageJournal;
import dev.tollgate.application.usage.OnePrice;
import dev.tollgate.application.usage.SteppedClock;
import dev.tollgate.application.usage.UsageJournal.JournalUnavailable;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.pricing.Charge;
import dev.tollgate.domain.relay.CallStatus;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.domain.relay.Settlement;
import dev.tollgate.domain.relay.Ticket;
import dev.tollgate.domain.relay.UsageSource;
import dev.tollgate.domain.usage.TokenUsage;
import dev.tollgate.domain.usage.Usage;
import dev.tollgate.domain.usage.UsageReport;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SettlingTest {
    private static final Usage HUNDRED = Usage.of(TokenUsage.of(60, 40));

    private final ToldLiveStore liveStore = new ToldLiveStore();
    private final InMemoryUsageJournal journal = new InMemoryUsageJournal();
    private final SeenCalls seen = new SeenCalls();
    private final SteppedClock clock = new SteppedClock();
    private final Outage outage = new Outage(() -> Money.ZERO, () -> true, clock);
    private final Settling settling =
            new Settling(journal, liveStore.asLiveStore(), new OnePrice(), seen, outage, clock);

    @Test
    void a_call_costs_its_tokens_at_the_price_of_its_admission() {
        Settlement settlement = settle(new UsageReport.Reported(HUNDRED), 150);

        assertThat(settlement.charge().total()).isEqualTo(Money.ofNanos(100));
        assertThat(settlement.usageSource()).isEqualTo(UsageSource.UPSTREAM);
        assertThat(settlement.flags()).isEmpty();
        assertThat(liveStore.settled()).isEqualTo(settlement);
        assertThat(journal.settlement(settlement.id())).contains(settlement);
        assertThat(seen.settled).containsExactly(settlement);
    }

    @Test
    void a_count_of_ours_is_charged_and_told_from_the_upstreams() {
        assertThat(settle(new UsageReport.Estimated(HUNDRED), 150).usageSource())
                .isEqualTo(UsageSource.ESTIMATED);
        Settlement partial = settle(new UsageReport.Partial(HUNDRED), 150);
        assertThat(partial.usageSource()).isEqualTo(UsageSource.PARTIAL);
        assertThat(partial.charge().total()).isEqualTo(Money.ofNanos(100));
    }

    @Test
    void what_was_never_answered_or_cannot_be_true_is_not_charged() {
        Settlement missing = settle(new UsageReport.Missing("no_answer"), 150);
        Settlement nonsense = settle(new UsageReport.Nonsense("output_above_bound"), 150);

        assertThat(missing.charge()).isEqualTo(Charge.NOTHING);
        assertThat(missing.flags()).isEmpty();
        assertThat(nonsense.charge()).isEqualTo(Charge.NOTHING);
        assertThat(nonsense.flags()).containsExactly("output_above_bound");
    }

    @Test
    void a_charge_above_the_hold_is_flagged_and_charged_all_the_same() {
        Settlement settlement = settle(new UsageReport.Reported(HUNDRED), 99);

        assertThat(settlement.charge().total()).isEqualTo(Money.ofNanos(100));
        assertThat(settlement.flags()).containsExactly("over_hold");
    }

    @Test
    void the_journal_suffices_while_the_store_is_away() {
        liveStore.isAway(true);
        Settlement settlement = settle(new UsageReport.Reported(HUNDRED), 150);

        assertThat(journal.settlement(settlement.id())).contains(settlement);
        assertThat(seen.onlyJournaled).containsExactly(settlement.id());
    }

    @Test
    void the_store_suffices_while_the_journal_cannot_be_written() {
        journal.setWritable(false);
        Settlement settlement = settle(new UsageReport.Reported(HUNDRED), 150);

        assertThat(liveStore.settled()).isEqualTo(settlement);
        assertThat(seen.onlyJournaled).isEmpty();
    }

    @Test
    void without_either_no_end_may_be_released() {
        journal.setWritable(false);
        liveStore.isAway(true);

        assertThatThrownBy(() -> settle(new UsageReport.Reported(HUNDRED), 150)).isInstanceOf(JournalUnavailable.class);
        assertThat(seen.settled).isEmpty();
    }

    @Test
    void a_call_that_was_let_in_without_the_store_says_so_and_is_over_no_hold() {
        Ticket ticket = Calls.ticket(Calls.id(), Money.ofNanos(1));
        Settlement settlement = settle(new UsageReport.Reported(HUNDRED), admitted(ticket, true));

        assertThat(settlement.flags()).containsExactly("live_store_away");
    }

    @Test
    void a_call_takes_from_its_admission_to_now() {
        RequestId id = Calls.id();
        clock.advance(Duration.ofMillis(750));
        Settlement settlement =
                settle(new UsageReport.Reported(HUNDRED), admitted(Calls.ticket(id, Money.ofNanos(150)), false));

        assertThat(settlement.timing().latencyMillis()).isEqualTo(750);
        assertThat(settlement.timing().firstTokenMillis()).isNull();
    }

    private Settlement settle(UsageReport report, long held) {
        return settle(report, admitted(Calls.ticket(Calls.id(), Money.ofNanos(held)), false));
    }

    private Settlement settle(UsageReport report, Admission.Admitted admitted) {
        CallHold hold = new CallHold(
                admitted.ticket(),
                admitted.isUnheld(),
                null,
                liveStore.asLiveStore(),
                () -> 0,
                () -> Calls.progress(admitted.ticket(), 0));
        return settling.settle(
                admitted, hold, CallStatus.COMPLETED, 200, new Metered(report, Set.of()), List.of(), null);
    }

    static Admission.Admitted admitted(Ticket ticket, boolean isUnheld) {
        return new Admission.Admitted(
                ticket,
                Calls.PRICE.sheet(),
                "model-a",
                null,
                new CallSize(100, 100, 1_000),
                null,
                List.of(),
                isUnheld,
                null);
    }
}
