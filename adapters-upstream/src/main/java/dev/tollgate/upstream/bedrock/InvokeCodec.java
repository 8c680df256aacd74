package dev.tollgate.upstream.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tollgate.application.relay.Metered;
import dev.tollgate.domain.account.Fault;
import dev.tollgate.domain.usage.TokenUsage;
import dev.tollgate.domain.usage.UsageReport;
import dev.tollgate.upstream.http.AnswerCodec;
import dev.tollgate.upstream.http.Faults;
import dev.tollgate.upstream.http.Framing;
import dev.tollgate.upstream.http.StreamEvent;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.InstantSource;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads Claude's answer out of InvokeModel: the frames are Bedrock's, what is in them and its usage are Anthropic's. */
final class InvokeCodec implements AnswerCodec {
    private static final Set<String> ANSWERS = Set.of("content", "usage", "stop_reason");
    private static final byte[] CHUNK = "chunk".getBytes(UTF_8);

    private final AnswerCodec messages;
    private final ClaudeChunk chunk;
    private final InstantSource clock;
    private @Nullable StreamError error;

    /** @param messages reads Anthropic's own events and bodies */
    InvokeCodec(AnswerCodec messages, ClaudeChunk chunk, InstantSource clock) {
        this.messages = messages;
        this.chunk = chunk;
        this.clock = clock;
    }

    @Override
    public Framing framing(HttpHeaders headers) {
        return Framing.AMAZON_EVENTS;
    }

    @Override
    public Verdict read(StreamEvent frame) {
        if (!frame.isNamed(CHUNK)) {
            chunk.forget();
            return BedrockFaults.isFault(frame) ? failed(BedrockFaults.inStream(frame, clock.instant())) : Verdict.DROP;
        }
        return chunk.read(frame) ? messages.read(chunk.event()) : failed(Faults.unreadable());
    }

    private Verdict failed(StreamError told) {
        error = told;
        return Verdict.ERROR;
    }

    @Override
    public StreamError streamError() {
        StreamError told = error;
        return told == null ? messages.streamError() : told;
    }

    /** Where the events told no usage of the whole, Bedrock's own count does. */
    @Override
    public Metered streamed(boolean ended) {
        Metered metered = messages.streamed(ended);
        boolean counted = !(metered.report() instanceof UsageReport.Reported);
        return counted && ConverseUsage.ofMetrics(chunk.metrics()) instanceof UsageReport.Reported told
                ? new Metered(told, Set.of())
                : metered;
    }

    @Override
    public boolean hasContent() {
        return messages.hasContent();
    }

    @Override
    public boolean isUsageKnown() {
        return messages.isUsageKnown();
    }

    @Override
    public TokenUsage progress() {
        return messages.progress();
    }

    @Override
    public boolean isEnding() {
        return messages.isEnding();
    }

    @Override
    public long outputAtMost() {
        return messages.outputAtMost();
    }

    @Override
    public void recount() {
        messages.recount();
    }

    @Override
    public @Nullable StreamError errorInside(byte[] body) {
        StreamError told = messages.errorInside(body);
        return told == null ? BedrockFaults.inWhole(body, ANSWERS) : told;
    }

    @Override
    public Metered whole(byte[] body) {
        return messages.whole(body);
    }

    @Override
    public Fault fault(int status, HttpHeaders headers, byte[] body) {
        return BedrockFaults.of(status, headers, body, clock.instant());
    }
}
