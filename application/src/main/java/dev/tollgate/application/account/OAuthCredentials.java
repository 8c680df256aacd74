package dev.tollgate.application.account;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The credentials of an OAuth account by their fields' names.
 *
 * @param expiresAt null if not known
 * @param refreshToken null if the token cannot be renewed
 */
record OAuthCredentials(
        String accessToken,
        @Nullable String refreshToken,
        @Nullable Instant expiresAt,
        @Nullable String tokenUrl,
        @Nullable String clientId) {
    private static final String ACCESS_TOKEN = "access_token";
    private static final String REFRESH_TOKEN = "refresh_token";
    private static final String EXPIRES_AT = "expires_at";

    static OAuthCredentials of(Map<String, String> fields) {
        return new OAuthCredentials(
                fields.getOrDefault(ACCESS_TOKEN, ""),
                fields.get(REFRESH_TOKEN),
                instant(fields.get(EXPIRES_AT)),
                fields.get("token_url"),
                fields.get("client_id"));
    }

    boolean endsBefore(Instant instant) {
        return expiresAt != null && expiresAt.isBefore(instant);
    }

    TokenEndpoint.@Nullable Ask ask(@Nullable String proxyUrl) {
        return refreshToken == null || tokenUrl == null
                ? null
                : new TokenEndpoint.Ask(tokenUrl, clientId, refreshToken, proxyUrl);
    }

    /** The account's fields with an issued pair in place of the old one. */
    static Map<String, String> renewed(Map<String, String> fields, TokenEndpoint.Said.Issued issued, Instant now) {
        Map<String, String> renewed = new HashMap<>(fields);
        renewed.put(ACCESS_TOKEN, issued.accessToken());
        if (issued.refreshToken() != null) {
            renewed.put(REFRESH_TOKEN, issued.refreshToken());
        }
        if (issued.expiresIn() == null) {
            renewed.remove(EXPIRES_AT);
        } else {
            renewed.put(EXPIRES_AT, now.plus(issued.expiresIn()).toString());
        }
        return renewed;
    }

    private static @Nullable Instant instant(@Nullable String text) {
        try {
            return text == null
                    ? null
                    : OffsetDateTime.parse(text)
                            .withOffsetSameInstant(ZoneOffset.UTC)
                            .toInstant();
        } catch (DateTimeException unreadable) {
            return null;
        }
    }

    @Override
    public String toString() {
        return "OAuthCredentials[expiresAt=" + expiresAt + "]";
    }
}
