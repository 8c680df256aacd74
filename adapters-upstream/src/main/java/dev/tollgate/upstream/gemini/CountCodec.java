package dev.tollgate.upstream.gemini;

import dev.tollgate.application.relay.Metered;
import dev.tollgate.domain.usage.Usage;
import dev.tollgate.domain.usage.UsageReport;
import java.time.InstantSource;
import java.util.Set;

/** Reads an answer to {@code countTokens}, which costs nothing. */
final class CountCodec extends WholeCodec {
    CountCodec(InstantSource clock) {
        super(clock);
    }

    @Override
    public Metered whole(byte[] body) {
        return new Metered(new UsageReport.Reported(Usage.NONE), Set.of());
    }
}
