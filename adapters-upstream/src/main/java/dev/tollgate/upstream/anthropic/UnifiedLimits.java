package dev.tollgate.upstream.anthropic;

import dev.tollgate.domain.account.Fault;
import dev.tollgate.domain.account.Fault.Kind;
import dev.tollgate.domain.account.Fault.Scope;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The limits of a subscription as {@code anthropic-ratelimit-unified-*} headers tell them, on errors and on answers: a
 * status of the whole, and windows ({@code 5h}, {@code 7d}, and weekly ones of single model families such as
 * {@code 7d_oi}), each with its status and the epoch second of its reset. A window that is {@code rejected} is spent,
 * whatever the status of the answer: it may have been paid for as overage.
 */
final class UnifiedLimits {
    private static final String PREFIX = "anthropic-ratelimit-unified-";
    private static final String STATUS = "-status";
    private static final String REJECTED = "rejected";
    private static final Set<String> OF_THE_ACCOUNT = Set.of("5h", "7d");
    private static final Set<String> NO_WINDOWS = Set.of("overage");
    private static final int EPOCH_DIGITS_MAX = 11;

    private final HttpHeaders headers;
    private final List<String> spent;

    private UnifiedLimits(HttpHeaders headers, List<String> spent) {
        this.headers = headers;
        this.spent = spent;
    }

    static UnifiedLimits of(HttpHeaders headers) {
        List<String> spent = new ArrayList<>();
        for (Map.Entry<String, String> header : headers) {
            String name = header.getKey().toLowerCase(java.util.Locale.ROOT);
            boolean isWindow = name.startsWith(PREFIX)
                    && name.endsWith(STATUS)
                    && name.length() > PREFIX.length() + STATUS.length();
            if (isWindow && header.getValue().equals(REJECTED)) {
                String window = name.substring(PREFIX.length(), name.length() - STATUS.length());
                if (!NO_WINDOWS.contains(window)) {
                    spent.add(window);
                }
            }
        }
        return new UnifiedLimits(headers, spent);
    }

    /** What a rate limit is about: one family's window alone leaves the others open. */
    Scope scope() {
        boolean onlyFamilies = !spent.isEmpty() && spent.stream().noneMatch(OF_THE_ACCOUNT::contains);
        return onlyFamilies ? Scope.MODEL : Scope.ACCOUNT;
    }

    /** When the last of the spent windows begins anew, null if that is not told. */
    @Nullable
    Instant reset() {
        Instant latest = null;
        for (String window : spent) {
            Instant reset = instant(headers.get(PREFIX + window + "-reset"));
            latest = reset != null && (latest == null || reset.isAfter(latest)) ? reset : latest;
        }
        return latest != null ? latest : instant(headers.get(PREFIX + "reset"));
    }

    /** What a served answer foretells of the next call, null if nothing. */
    @Nullable
    Fault warning(int status) {
        if (!REJECTED.equals(headers.get(PREFIX + "status"))) {
            return null;
        }
        String words = "the subscription's limit is reached" + (spent.isEmpty() ? "" : ": " + String.join(", ", spent));
        return new Fault(Kind.RATE_LIMITED, status, reset(), words, scope());
    }

    private static @Nullable Instant instant(@Nullable String epochSeconds) {
        boolean isNumber = epochSeconds != null
                && !epochSeconds.isEmpty()
                && epochSeconds.length() <= EPOCH_DIGITS_MAX
                && epochSeconds.chars().allMatch(digit -> digit >= '0' && digit <= '9');
        return isNumber ? Instant.ofEpochSecond(Long.parseLong(epochSeconds)) : null;
    }
}
