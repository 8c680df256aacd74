package dev.tollgate.upstream.openai;

import dev.tollgate.application.relay.UpstreamRequest;
import dev.tollgate.domain.usage.Usage;
import dev.tollgate.domain.usage.UsageReport;
import dev.tollgate.upstream.http.StreamEvent;
import java.time.InstantSource;

/** Passes an answer on that costs nothing: a moderation. */
final class FreeCodec extends OpenAiCodec {
    FreeCodec(UpstreamRequest request, InstantSource clock) {
        super(request, clock);
    }

    @Override
    protected Verdict judge(StreamEvent event) {
        return event.dataEquals(DONE) ? Verdict.TERMINAL : Verdict.FORWARD;
    }

    @Override
    protected void readWhole(byte[] body) {
        // Nothing is charged, so nothing is read.
    }

    @Override
    protected UsageReport report() {
        return new UsageReport.Reported(Usage.NONE);
    }
}
