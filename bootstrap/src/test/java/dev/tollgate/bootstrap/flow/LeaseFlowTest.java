package dev.tollgate.bootstrap.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.relay.Answer;
import dev.tollgate.application.relay.AnswerHead;
import dev.tollgate.application.relay.ClientStream;
import dev.tollgate.application.relay.LiveStore;
import dev.tollgate.application.relay.Metered;
import dev.tollgate.application.relay.StreamEnd;
import dev.tollgate.application.relay.StreamEnd.Reason;
import dev.tollgate.application.relay.StreamGate;
import dev.tollgate.application.relay.StreamedOutput;
import dev.tollgate.application.usage.Calls;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.CallStatus;
import dev.tollgate.domain.relay.Settlement;
import dev.tollgate.domain.usage.TokenUsage;
import dev.tollgate.domain.usage.Usage;
import dev.tollgate.domain.usage.UsageReport;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A stream whose lease ran out by its own node's clock between two words. */
@Timeout(60)
class LeaseFlowTest {
    private static final int SHARD = 7;
    private static final Duration LEASE = Duration.ofSeconds(LiveStore.LEASE_SECONDS);
    private static final TokenUsage TEN_OUT = TokenUsage.of(1_000, 10);

    private final Set<String> failing = ConcurrentHashMap.newKeySet();
    private final Relay relay = new Relay(Money.ofDollars("1"), failing);
    private final RecordedClient client = relay.client();

    @Test
    void goes_on_when_the_store_has_renewed_it() {
        talk(() -> relay.clock.advance(LEASE));

        assertThat(relay.asked).contains("heartbeat").doesNotContain("reopen");
        assertThat(client.events()).hasSize(4).endsWith("finish [DONE] settled=1");
        assertThat(onlyRecord().flags()).isEmpty();
    }

    @Test
    void asks_nobody_while_its_lease_lasts() {
        talk(() -> relay.clock.advance(LEASE.minusSeconds(2)));

        assertThat(relay.asked).doesNotContain("heartbeat");
        assertThat(client.events()).hasSize(4);
    }

    @Test
    void goes_on_when_its_hold_could_be_taken_again() {
        talk(() -> {
            relay.clock.advance(LEASE);
            relay.liveStore.held(SHARD).forEach(id -> relay.liveStore.release(SHARD, id));
        });

        assertThat(relay.asked).contains("reopen");
        assertThat(client.events()).hasSize(4);
        assertThat(onlyRecord().status()).isEqualTo(CallStatus.COMPLETED);
        assertThat(relay.liveStore.openHolds()).isZero();
    }

    @Test
    void ends_in_an_error_when_another_node_has_settled_it() {
        talk(() -> {
            relay.clock.advance(LEASE);
            relay.liveStore
                    .sweep(SHARD, Set.of())
                    .forEach(lost -> relay.liveStore.settle(Calls.orphan(lost.ticket(), 4)));
        });

        assertThat(client.events()).hasSize(3).endsWith("fail INSUFFICIENT_QUOTA settled=1");
        assertThat(onlyRecord().status()).isEqualTo(CallStatus.INCOMPLETE);
        assertThat(onlyRecord().flags()).contains("hold_lost");
        assertThat(relay.liveStore.openHolds()).isZero();
    }

    @Test
    void goes_on_flagged_while_the_store_cannot_be_reached() {
        talk(() -> {
            relay.clock.advance(LEASE);
            failing.add("heartbeat");
        });

        assertThat(client.events()).hasSize(4).endsWith("finish [DONE] settled=1");
        assertThat(onlyRecord().flags()).contains("live_store_away");
    }

    private void talk(Runnable midway) {
        relay.accounts.add(0, request -> new TwoWords(request.gate(), midway));
        relay.call(client, Relay.MODEL, 50L);
    }

    private Settlement onlyRecord() {
        assertThat(relay.journal.settlements()).hasSize(1);
        return relay.journal.settlements().get(0);
    }

    /** An answer of two words that asks its gate before the second, as every answer does. */
    private record TwoWords(StreamGate gate, Runnable midway) implements Answer.Streaming, StreamedOutput {
        @Override
        public StreamEnd forward(ClientStream client) {
            client.begin(new AnswerHead(200, java.util.List.of()));
            say(client, "one");
            midway.run();
            if (!waitsForTheGate()) {
                return end(Reason.UNHELD, "");
            }
            say(client, "two");
            return end(Reason.TERMINAL, "[DONE]");
        }

        private static void say(ClientStream client, String word) {
            boolean unused = client.write(ByteBuffer.wrap(word.getBytes(StandardCharsets.UTF_8)));
        }

        private boolean waitsForTheGate() {
            while (!gate.isOpen(this)) {
                if (gate.refusal() != null) {
                    return false;
                }
                CountDownLatch changed = new CountDownLatch(1);
                gate.onChange(changed::countDown);
                try {
                    assertThat(changed.await(20, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return false;
                }
            }
            return true;
        }

        private static StreamEnd end(Reason reason, String held) {
            Metered metered = new Metered(new UsageReport.Reported(Usage.of(TEN_OUT)), Set.of());
            return new StreamEnd(reason, metered, held.getBytes(StandardCharsets.UTF_8), null, null);
        }

        @Override
        public TokenUsage progress() {
            return TEN_OUT;
        }

        @Override
        public void cancel() {
            // nothing runs
        }

        @Override
        public long outputAtMost() {
            return TEN_OUT.output();
        }

        @Override
        public void recount() {
            // counted already
        }
    }
}
