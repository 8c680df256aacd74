package dev.tollgate.application.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.usage.Calls;
import dev.tollgate.application.usage.OnePrice;
import dev.tollgate.application.usage.Orphans;
import dev.tollgate.application.usage.UsageLedger;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.CallStatus;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.domain.relay.Settlement;
import dev.tollgate.domain.relay.Ticket;
import java.lang.reflect.Proxy;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SweepHoldsTest {
    private final ToldLiveStore liveStore = new ToldLiveStore();
    private final Set<RequestId> recorded = new HashSet<>();
    private final SweepHolds sweepHolds =
            new SweepHoldsService(liveStore.asLiveStore(), new RunningCalls(), new Orphans(new OnePrice()), ledger());

    @Test
    void a_dead_nodes_call_becomes_an_orphan_at_what_was_last_known_of_it() {
        Ticket ticket = Calls.ticket(Calls.id(), Money.ofNanos(150));
        finds(new LiveStore.Lost(ticket, Calls.progress(ticket, 40)));

        assertThat(sweepHolds.sweep()).isOne();
        Settlement orphan = liveStore.settled();
        assertThat(orphan.status()).isEqualTo(CallStatus.ORPHAN);
        assertThat(orphan.charge().total()).isEqualTo(Money.ofNanos(40));
    }

    @Test
    void a_dead_nodes_call_without_a_byte_of_an_answer_costs_nothing() {
        finds(new LiveStore.Lost(Calls.ticket(Calls.id(), Money.ofNanos(150)), null));

        assertThat(sweepHolds.sweep()).isOne();
        assertThat(liveStore.settled().charge().total()).isEqualTo(Money.ZERO);
    }

    @Test
    void a_call_that_sql_has_only_gives_its_hold_back() {
        Ticket ticket = Calls.ticket(Calls.id(), Money.ofNanos(150));
        recorded.add(ticket.id());
        finds(new LiveStore.Lost(ticket, Calls.progress(ticket, 40)));

        assertThat(sweepHolds.sweep()).isZero();
        assertThat(liveStore.all(Settlement.class)).isEmpty();
        assertThat(liveStore.all(ToldLiveStore.Released.class))
                .containsExactly(new ToldLiveStore.Released(ticket.id()));
    }

    private void finds(LiveStore.Lost... lost) {
        liveStore.answers("shards", 1);
        liveStore.answers("sweep", List.of(lost));
    }

    /** Knows what is recorded and nothing else. */
    private UsageLedger ledger() {
        return (UsageLedger) Proxy.newProxyInstance(
                UsageLedger.class.getClassLoader(), new Class<?>[] {UsageLedger.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("known")) {
                        throw new UnsupportedOperationException(method.getName());
                    }
                    return Set.copyOf(recorded);
                });
    }
}
