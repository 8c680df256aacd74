package dev.tollgate.domain.relay;

import dev.tollgate.domain.apikey.ApiKeyId;
import dev.tollgate.domain.identity.UserId;
import org.jspecify.annotations.Nullable;

/** Who made a call, and from where. */
public record Caller(
        UserId userId,
        ApiKeyId apiKeyId,
        @Nullable String clientIp,
        @Nullable String userAgent) {}
