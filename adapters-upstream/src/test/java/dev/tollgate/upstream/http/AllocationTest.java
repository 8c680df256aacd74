package dev.tollgate.upstream.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.tollgate.application.relay.AnswerHead;
import dev.tollgate.application.relay.StreamGate;
import dev.tollgate.upstream.http.AnswerCodec.Verdict;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An event that only passes leaves nothing behind for the garbage collector. */
class AllocationTest {
    private static final int EVENTS = 1_000;
    private static final int BURSTS = 200;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @ParameterizedTest
    @EnumSource(names = {"EVENTS", "ARRAY"})
    void nothing_is_allocated_for_an_event_that_passes(Shape shape) {
        byte[] one = Shape.text(shape == Shape.ARRAY ? ",{\"text\":\"words\"}" : "data: {\"text\":\"words\"}\n\n");
        byte[] burst = new byte[one.length * EVENTS];
        for (int event = 0; event < EVENTS; event++) {
            System.arraycopy(one, 0, burst, event * one.length, one.length);
        }
        Silent codec = new Silent(new FakeCodec(Framing.SERVER_SENT, data -> Verdict.FORWARD));
        EventScanner scanner = EventScanner.of(shape == Shape.ARRAY ? Framing.JSON_ARRAY : Framing.SERVER_SENT);
        Outflow out = new Outflow(null, null, codec, InstantSource.system());
        CountingClient client = new CountingClient();
        out.begin(new AnswerHead(200, List.of()), client);
        EventFlow flow =
                new EventFlow(scanner, new StreamEvent(), codec, new Verbatim(scanner, out), StreamGate.OPEN, out);
        ByteBuf bytes = Unpooled.wrappedBuffer(burst);
        flow.append(Unpooled.wrappedBuffer(Shape.text(shape == Shape.ARRAY ? "[" : "\n")));

        run(flow, bytes);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        run(flow, bytes);
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;

        assertThat(codec.read).isBetween(2L * EVENTS * BURSTS, 2L * EVENTS * BURSTS + 1);
        assertThat(client.count()).isEqualTo(2L * burst.length * BURSTS + 1);
        assertThat(allocated).as("bytes for %d events", EVENTS * BURSTS).isLessThan(EVENTS * BURSTS);
    }

    private static void run(EventFlow flow, ByteBuf bytes) {
        for (int burst = 0; burst < BURSTS; burst++) {
            bytes.readerIndex(0);
            flow.append(bytes);
            flow.run();
        }
    }

    /** Counts and keeps nothing. */
    private static final class Silent implements AnswerCodec {
        private final FakeCodec fake;
        private long read;

        Silent(FakeCodec fake) {
            this.fake = fake;
        }

        @Override
        public Verdict read(StreamEvent event) {
            read++;
            return Verdict.FORWARD;
        }

        @Override
        public boolean hasContent() {
            return true;
        }

        @Override
        public boolean isUsageKnown() {
            return false;
        }

        @Override
        public dev.tollgate.domain.usage.TokenUsage progress() {
            return fake.progress();
        }

        @Override
        public StreamError streamError() {
            return fake.streamError();
        }

        @Override
        public dev.tollgate.application.relay.Metered streamed(boolean ended) {
            return fake.streamed(ended);
        }

        @Override
        public StreamError errorInside(byte[] body) {
            return null;
        }

        @Override
        public dev.tollgate.application.relay.Metered whole(byte[] body) {
            return fake.whole(body);
        }

        @Override
        public dev.tollgate.domain.account.Fault fault(
                int status, io.netty.handler.codec.http.HttpHeaders headers, byte[] body) {
            return fake.fault(status, headers, body);
        }
    }
}
