package dev.tollgate.bootstrap.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.relay.Answer;
import dev.tollgate.application.relay.AnswerHead;
import dev.tollgate.application.relay.CallError;
import dev.tollgate.application.relay.LiveStore;
import dev.tollgate.application.relay.Metered;
import dev.tollgate.application.relay.Prepared;
import dev.tollgate.application.relay.RelayOutcome;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.CallStatus;
import dev.tollgate.domain.relay.Settlement;
import dev.tollgate.domain.usage.TokenUsage;
import dev.tollgate.domain.usage.Usage;
import dev.tollgate.domain.usage.UsageReport;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A call that is made ready for longer than a lease: its images are fetched, for one account after another. */
class LongPreparationTest {
    private static final int SHARD = 7;
    private static final Duration LEASE = Duration.ofSeconds(LiveStore.LEASE_SECONDS);

    private static final Prepared.Refused UNREADY =
            new Prepared.Refused(CallError.of(CallError.Code.INVALID_REQUEST, "An image cannot be fetched."));

    private final Relay relay = new Relay(Money.ofDollars("1"));
    private final Map<AccountId, Integer> inFlight = new HashMap<>();
    private int orphans;

    @Test
    void is_no_orphan_of_its_own_node_and_leaves_no_record_when_it_is_refused() {
        relay.accounts.add(0, request -> answered());
        relay.accounts.add(1, request -> answered());
        preparing(UNREADY);

        assertThat(relay.call(relay.client(), Relay.MODEL, 50L)).isInstanceOf(RelayOutcome.Refused.class);

        assertThat(orphans).isZero();
        assertThat(relay.liveStore.pending(SHARD, 10)).isEmpty();
        assertThat(relay.liveStore.openHolds()).isZero();
        assertThat(relay.journal.pending()).isZero();
    }

    @Test
    void is_sent_and_recorded_once_it_is_ready() {
        relay.accounts.add(0, request -> answered());
        preparing(null);

        assertThat(relay.call(relay.client(), Relay.MODEL, 50L)).isInstanceOf(RelayOutcome.Answered.class);

        assertThat(orphans).isZero();
        assertThat(relay.journal.settlements()).extracting(Settlement::status).containsExactly(CallStatus.COMPLETED);
        assertThat(relay.liveStore.openHolds()).isZero();
    }

    @Test
    void is_given_up_with_nothing_left_to_beat_for() {
        relay.accounts.add(0, request -> answered());
        preparing(UNREADY);
        assertThat(relay.call(relay.client(), Relay.MODEL, 50L)).isInstanceOf(RelayOutcome.Refused.class);
        relay.asked.clear();

        assertThat(relay.keepCallsAlive.beat()).isZero();
        assertThat(relay.asked).isEmpty();
    }

    @Test
    void keeps_its_accounts_slot_meanwhile() {
        AccountId account = relay.accounts.add(0, request -> answered());
        preparing(null);

        assertThat(relay.call(relay.client(), Relay.MODEL, 50L)).isInstanceOf(RelayOutcome.Answered.class);

        assertThat(inFlight).containsEntry(account, 1);
        assertThat(relay.liveStore.inFlight()).isEmpty();
    }

    /** Takes two leases, with beats and sweeps as a node does them. */
    private void preparing(Prepared.@Nullable Refused outcome) {
        relay.accounts.preparing(ready -> {
            Duration half = LEASE.dividedBy(2);
            for (int halves = 0; halves < 4; halves++) {
                relay.clock.advance(half);
                relay.keepCallsAlive.beat();
                orphans += relay.sweepHolds.sweep();
            }
            inFlight.putAll(relay.liveStore.inFlight());
            return outcome == null ? ready : outcome;
        });
    }

    private static Answer answered() {
        UsageReport used = new UsageReport.Reported(Usage.of(TokenUsage.of(100, 10)));
        return new Answer.Whole(new AnswerHead(200, List.of()), new byte[0], new Metered(used, Set.of()));
    }
}
