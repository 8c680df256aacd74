package dev.tollgate.upstream.gemini;

import dev.tollgate.application.relay.Metered;
import dev.tollgate.domain.account.Fault;
import dev.tollgate.domain.usage.TokenUsage;
import dev.tollgate.upstream.http.AnswerCodec;
import dev.tollgate.upstream.http.Faults;
import dev.tollgate.upstream.http.StreamEvent;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads an answer that is never streamed. */
abstract class WholeCodec implements AnswerCodec {
    private final InstantSource clock;

    WholeCodec(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public final @Nullable StreamError errorInside(byte[] body) {
        AnswerScan answer = new AnswerScan();
        if (!answer.read(body, 0, body.length)) {
            return Faults.unreadable();
        }
        Map<String, Object> told = answer.error();
        return told == null ? null : GeminiFaults.inStream(body, told, clock.instant());
    }

    @Override
    public final Fault fault(int status, HttpHeaders headers, byte[] body) {
        return GeminiFaults.of(status, headers, body, clock.instant());
    }

    @Override
    public final Verdict read(StreamEvent event) {
        throw notStreamed();
    }

    @Override
    public final boolean hasContent() {
        return false;
    }

    @Override
    public final boolean isUsageKnown() {
        return false;
    }

    @Override
    public final TokenUsage progress() {
        return TokenUsage.NONE;
    }

    @Override
    public final StreamError streamError() {
        throw notStreamed();
    }

    @Override
    public final Metered streamed(boolean ended) {
        throw notStreamed();
    }

    private static IllegalStateException notStreamed() {
        return new IllegalStateException("such answers are not streamed");
    }
}
