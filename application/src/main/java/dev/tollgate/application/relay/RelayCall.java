package dev.tollgate.application.relay;

import dev.tollgate.application.relay.conversation.CallerCodec;
import dev.tollgate.domain.relay.RequestId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call as it was accepted: the caller's dialect understood as far as needed, nobody authenticated yet.
 *
 * @param dialect as in the record: {@code chat}, {@code messages}, …
 * @param path the dialect's own path below its version, {@code /chat/completions}, {@code /messages}
 * @param query the query string without any key, null if none
 * @param pinnedPlatform the family a path prefix pins, null if none
 * @param keyText the caller's key as sent, null if none
 * @param codec understands the body for a platform of another dialect; null if such calls are not converted
 * @param free whether it costs nothing and leaves no record: token counts, moderations
 * @param headers the caller's protocol headers that go upstream ({@code anthropic-version}, {@code openai-beta}, …)
 */
public record RelayCall(
        RequestId id,
        String dialect,
        String path,
        @Nullable String query,
        @Nullable String pinnedPlatform,
        @Nullable String keyText,
        List<Header> headers,
        CallBody body,
        @Nullable CallerCodec codec,
        boolean free,
        @Nullable String clientIp,
        @Nullable String userAgent) {
    public RelayCall {
        headers = List.copyOf(headers);
    }
}
