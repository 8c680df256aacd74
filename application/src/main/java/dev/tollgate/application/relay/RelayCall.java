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
 * @param idempotencyKey the caller's {@code Idempotency-Key} as sent, null if none
 * @param once the digest the call is served under once, null until a key is claimed for it
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
        @Nullable String userAgent,
        @Nullable String idempotencyKey,
        @Nullable IdempotencyDigest once) {
    public RelayCall {
        headers = List.copyOf(headers);
    }

    /** A call without an idempotency key. */
    public RelayCall(
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
        this(
                id,
                dialect,
                path,
                query,
                pinnedPlatform,
                keyText,
                headers,
                body,
                codec,
                free,
                clientIp,
                userAgent,
                null,
                null);
    }

    /** The same call, its key claimed. */
    RelayCall under(IdempotencyDigest digest) {
        return new RelayCall(
                id,
                dialect,
                path,
                query,
                pinnedPlatform,
                keyText,
                headers,
                body,
                codec,
                free,
                clientIp,
                userAgent,
                idempotencyKey,
                digest);
    }
}
