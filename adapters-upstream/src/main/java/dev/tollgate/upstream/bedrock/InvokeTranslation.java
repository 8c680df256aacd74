package dev.tollgate.upstream.bedrock;

import dev.tollgate.application.relay.Header;
import dev.tollgate.domain.usage.TokenUsage;
import dev.tollgate.upstream.http.StreamEvent;
import dev.tollgate.upstream.http.Translation;
import java.util.List;

/** Tells Claude's answer out of InvokeModel to a caller of messages: unwrapped, but in nobody else's words. */
final class InvokeTranslation implements Translation {
    private final ClaudeChunk chunk;
    private final boolean stream;
    private byte[] end = {};

    /** @param chunk what the answer's codec reads each frame into, before it is told */
    InvokeTranslation(ClaudeChunk chunk, boolean stream) {
        this.chunk = chunk;
        this.stream = stream;
    }

    @Override
    public List<Header> headers() {
        return List.of(new Header("content-type", stream ? "text/event-stream; charset=utf-8" : "application/json"));
    }

    @Override
    public byte[] event(StreamEvent frame, TokenUsage known) {
        if (!chunk.isLast()) {
            return chunk.told();
        }
        end = chunk.told();
        return new byte[0];
    }

    @Override
    public byte[] end(TokenUsage usage) {
        return end;
    }

    @Override
    public byte[] whole(byte[] body, TokenUsage usage) {
        return body;
    }

    @Override
    public String words(byte[] body) {
        return BedrockWords.of(body);
    }
}
