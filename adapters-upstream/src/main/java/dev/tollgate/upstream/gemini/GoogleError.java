package dev.tollgate.upstream.gemini;

import dev.tollgate.upstream.http.Waits;
import dev.tollgate.upstream.meter.JsonTree;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A {@code google.rpc.Status} in JSON: {@code code}, {@code message}, {@code status} and {@code details}. */
record GoogleError(Map<String, Object> members) {
    /** Daily quotas begin anew at midnight there (Gemini API documentation of rate limits). */
    private static final ZoneId QUOTA_ZONE = ZoneId.of("America/Los_Angeles");

    private static final int INTERNAL = 500;

    String message() {
        return JsonTree.text(members.get("message"));
    }

    String status() {
        return JsonTree.text(members.get("status"));
    }

    /** The HTTP status it stands for where it was told with another. */
    int httpStatus() {
        if (members.get("code") instanceof Long code && code >= 400 && code < 600) {
            return code.intValue();
        }
        return switch (status()) {
            case "INVALID_ARGUMENT", "FAILED_PRECONDITION", "OUT_OF_RANGE" -> 400;
            case "UNAUTHENTICATED" -> 401;
            case "PERMISSION_DENIED" -> 403;
            case "NOT_FOUND" -> 404;
            case "ABORTED", "ALREADY_EXISTS" -> 409;
            case "RESOURCE_EXHAUSTED" -> 429;
            case "UNAVAILABLE" -> 503;
            case "DEADLINE_EXCEEDED" -> 504;
            default -> INTERNAL;
        };
    }

    /** A bad key and a place the account may not be used from come as bad requests. */
    boolean isAboutTheAccount() {
        boolean badKey =
                details().anyMatch(detail -> JsonTree.text(detail.get("reason")).startsWith("API_KEY_"));
        String lower = lowerMessage();
        return badKey
                || lower.contains("api key not valid")
                || lower.contains("api key expired")
                || lower.contains("api key not found")
                || lower.contains("location is not supported");
    }

    boolean isAboutMoney() {
        String lower = lowerMessage();
        boolean billing = lower.contains("enable billing") || lower.contains("billing account");
        return billing
                || lower.contains("credits are depleted")
                || lower.contains("spending cap")
                || lower.contains("spend cap");
    }

    /** A file or cache the caller named and that is another account's, or nobody's, is refused like a bad key. */
    boolean isAboutTheCallersThing() {
        String lower = lowerMessage();
        return lower.contains("access the file") || lower.contains("cachedcontent") || lower.contains("tuned model");
    }

    /**
     * When the account may be asked again: what {@code RetryInfo}, a header or the message says; where a daily quota is
     * spent, not before the next day begins, since the delay told then is that of a minute's window.
     */
    @Nullable
    Instant retryAt(@Nullable Instant header, Instant now) {
        Instant at = header;
        String delay = details()
                .map(detail -> JsonTree.text(detail.get("retryDelay")))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse(null);
        at = at != null ? at : Waits.reset(delay, now);
        at = at != null ? at : Waits.inWords(message(), now);
        if (!isDayQuota()) {
            return at;
        }
        Instant tomorrow = now.atZone(QUOTA_ZONE)
                .toLocalDate()
                .plusDays(1)
                .atStartOfDay(QUOTA_ZONE)
                .toInstant();
        return at != null && at.isAfter(tomorrow) ? at : tomorrow;
    }

    /** Whether the quota that is spent is one model's, as nearly all of the API's are. */
    boolean isModelQuota() {
        return quotas().anyMatch(quota -> quota.contains("PerModel"));
    }

    private boolean isDayQuota() {
        return quotas().anyMatch(quota -> quota.contains("PerDay"));
    }

    private Stream<String> quotas() {
        return details()
                .flatMap(detail -> detail.get("violations") instanceof List<?> list ? list.stream() : Stream.empty())
                .map(violation -> JsonTree.text(JsonTree.object(violation).get("quotaId")));
    }

    private Stream<Map<String, Object>> details() {
        return members.get("details") instanceof List<?> list ? list.stream().map(JsonTree::object) : Stream.empty();
    }

    private String lowerMessage() {
        return message().toLowerCase(Locale.ROOT);
    }
}
