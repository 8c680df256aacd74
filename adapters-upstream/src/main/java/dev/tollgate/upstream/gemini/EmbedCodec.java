package dev.tollgate.upstream.gemini;

import dev.tollgate.application.relay.Metered;
import dev.tollgate.application.relay.UpstreamRequest;
import dev.tollgate.domain.usage.TokenUsage;
import dev.tollgate.domain.usage.Usage;
import dev.tollgate.upstream.meter.LocalCount;
import dev.tollgate.upstream.meter.Settled;
import java.time.InstantSource;

/** Reads an answer to {@code embedContent} and {@code batchEmbedContents}, which does not always tell its usage. */
final class EmbedCodec extends WholeCodec {
    private final UpstreamRequest request;

    EmbedCodec(UpstreamRequest request, InstantSource clock) {
        super(clock);
        this.request = request;
    }

    @Override
    public Metered whole(byte[] body) {
        AnswerScan answer = new AnswerScan();
        boolean unused = answer.read(body, 0, body.length);
        return Settled.of(GeminiUsage.read(answer, request.sentModel(), true), request.contextWindow(), this::counted);
    }

    private Usage counted() {
        return Usage.of(TokenUsage.of(LocalCount.input(request), 0));
    }
}
