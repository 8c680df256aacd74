package dev.tollgate.upstream.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tollgate.application.relay.Metered;
import dev.tollgate.domain.account.Fault;
import dev.tollgate.domain.usage.TokenUsage;
import dev.tollgate.domain.usage.Usage;
import dev.tollgate.domain.usage.UsageReport;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** A codec of the test's own: it judges by an event's text and counts one output token for each event with data. */
final class FakeCodec implements AnswerCodec {
    private final Framing framing;
    private final Function<String, Verdict> verdicts;
    private final List<String> read = Collections.synchronizedList(new ArrayList<>());

    FakeCodec(Framing framing, Function<String, Verdict> verdicts) {
        this.framing = framing;
        this.verdicts = verdicts;
    }

    /** Goes by the words an event has: {@code last}, {@code hidden}, {@code end}, {@code boom}. */
    static FakeCodec of(Framing framing) {
        return new FakeCodec(framing, FakeCodec::byWords);
    }

    private static Verdict byWords(String data) {
        if (data.contains("boom")) {
            return Verdict.ERROR;
        }
        if (data.contains("hidden")) {
            return Verdict.DROP;
        }
        if (data.contains("last")) {
            return Verdict.HOLD;
        }
        return data.contains("end") ? Verdict.TERMINAL : Verdict.FORWARD;
    }

    /** The data of the events read so far. */
    List<String> events() {
        return read;
    }

    @Override
    public Framing framing(HttpHeaders headers) {
        return framing;
    }

    @Override
    public Verdict read(StreamEvent event) {
        if (!event.hasData()) {
            return Verdict.FORWARD;
        }
        String data = new String(event.data(), event.dataFrom(), event.dataTo() - event.dataFrom(), UTF_8);
        read.add(data);
        return verdicts.apply(data);
    }

    @Override
    public boolean hasContent() {
        return !read.isEmpty();
    }

    @Override
    public boolean isUsageKnown() {
        return false;
    }

    @Override
    public TokenUsage progress() {
        return TokenUsage.of(1, read.size());
    }

    @Override
    public StreamError streamError() {
        return new StreamError(fault(500), 500, read.getLast().getBytes(UTF_8));
    }

    @Override
    public Metered streamed(boolean ended) {
        Usage usage = Usage.of(progress());
        return new Metered(ended ? new UsageReport.Reported(usage) : new UsageReport.Partial(usage), Set.of());
    }

    @Override
    public StreamError errorInside(byte[] body) {
        return null;
    }

    @Override
    public Metered whole(byte[] body) {
        return new Metered(new UsageReport.Reported(Usage.of(TokenUsage.of(1, 1))), Set.of());
    }

    @Override
    public Fault fault(int status, HttpHeaders headers, byte[] body) {
        return fault(status);
    }

    private static Fault fault(int status) {
        return new Fault(Fault.Kind.SERVER, status, null, "boom");
    }
}
