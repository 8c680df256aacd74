package dev.tollgate.persistence.embedded;

import dev.tollgate.application.relay.CostLimit;
import dev.tollgate.application.relay.Pace;
import dev.tollgate.application.usage.ShardSnapshot;
import dev.tollgate.application.usage.UsageLedger.Used;
import dev.tollgate.domain.entitlement.WindowKey;
import dev.tollgate.domain.entitlement.WindowKind;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Everything a shard knows of one subject: its windows, the newest of its limits and its rates. */
final class SubjectState {
    final Map<WindowKey, WindowCounter> windows = new HashMap<>();
    final MinuteRates rates = new MinuteRates();
    long lastUsedMillis;

    private final Map<WindowKind, CostLimit> limits = new EnumMap<>(WindowKind.class);
    private boolean seeded;

    /** Whether its counters may be trusted: an absent window is then zero. */
    boolean isSeeded() {
        return seeded;
    }

    /** Takes over what SQL knows; nothing is counted here before. */
    void seed(Map<WindowKey, Used> used) {
        used.forEach((key, sum) -> window(key).use(sum.requests(), sum.cost().nanos()));
        seeded = true;
    }

    WindowCounter window(WindowKey key) {
        return windows.computeIfAbsent(key, absent -> new WindowCounter());
    }

    void learn(CostLimit limit) {
        WindowKind kind = limit.window().kind();
        if (!limit.isNone() || limits.containsKey(kind)) {
            limits.put(kind, newest(limit));
        }
    }

    /** The newer of a limit and the one known for its kind of window. */
    CostLimit newest(CostLimit given) {
        CostLimit known = limits.get(given.window().kind());
        return known == null || given.version() >= known.version() ? given : known;
    }

    /** The limit known for a kind of window, unless the one given is newer. */
    CostLimit standing(CostLimit given) {
        CostLimit known = limits.get(given.window().kind());
        return known != null && known.version() >= given.version() ? known : given;
    }

    @Nullable
    CostLimit limit(WindowKind kind) {
        return limits.get(kind);
    }

    Pace pace(long nowMillis) {
        rates.at(nowMillis / MinuteRates.MINUTE_MILLIS);
        return new Pace(
                Instant.ofEpochMilli((rates.minute() + 1) * MinuteRates.MINUTE_MILLIS),
                rates.requests,
                rates.tokens,
                rates.running,
                windows.entrySet().stream()
                        .collect(Collectors.toUnmodifiableMap(
                                Map.Entry::getKey,
                                window -> new Pace.Requests(
                                        window.getValue().requests, window.getValue().openRequests))));
    }

    Map<WindowKey, ShardSnapshot.Counter> snapshot() {
        return windows.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, window -> window.getValue().snapshot()));
    }

    boolean isIdle() {
        return rates.running == 0 && windows.values().stream().allMatch(window -> window.openRequests == 0);
    }

    /** Forgets windows that began before an instant and hold nothing; the window of all time stays. */
    void forgetBefore(long epochSecond) {
        windows.entrySet()
                .removeIf(window -> window.getKey().kind() != WindowKind.TOTAL
                        && window.getKey().startEpochSecond() < epochSecond
                        && window.getValue().openRequests == 0);
    }
}
