package dev.tollgate.upstream.anthropic;

import dev.tollgate.application.relay.UpstreamRequest;
import dev.tollgate.domain.usage.Usage;
import dev.tollgate.domain.usage.UsageReport;
import java.time.InstantSource;

/** Passes a token count on, which costs nothing. */
final class CountCodec extends MessagesCodec {
    CountCodec(UpstreamRequest request, InstantSource clock) {
        super(request, clock);
    }

    @Override
    protected void readWhole(byte[] body) {
        // nothing is charged, so nothing is read
    }

    @Override
    protected UsageReport report() {
        return new UsageReport.Reported(Usage.NONE);
    }
}
