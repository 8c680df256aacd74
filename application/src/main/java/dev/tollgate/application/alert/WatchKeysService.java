package dev.tollgate.application.alert;

import dev.tollgate.application.alert.ExpiringKeys.ExpiringKey;
import dev.tollgate.application.alert.RaiseAlerts.News;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Raises each key's alerts once for each end it is given; one that is made shortly before its end has only the last. */
public final class WatchKeysService implements WatchKeys {
    private static final int AT_ONCE = 500;
    private static final Duration KEPT = Duration.ofDays(30);

    private final ExpiringKeys keys;
    private final Supplier<Ahead> ahead;
    private final RaiseAlerts alerts;
    private final InstantSource clock;

    public WatchKeysService(ExpiringKeys keys, Supplier<Ahead> ahead, RaiseAlerts alerts, InstantSource clock) {
        this.keys = keys;
        this.ahead = ahead;
        this.alerts = alerts;
        this.clock = clock;
    }

    /** How long before a key's end its alerts are raised. */
    public record Ahead(Duration first, Duration last) {
        Duration longest() {
            return first.compareTo(last) > 0 ? first : last;
        }
    }

    @Override
    public int look() {
        Instant now = clock.instant();
        Ahead times = ahead.get();
        int raised = 0;
        List<ExpiringKey> some;
        long after = 0;
        do {
            some = keys.between(now, now.plus(times.longest()), after, AT_ONCE);
            raised += raise(some.stream()
                    .map(key -> news(key, !key.expiresAt().isAfter(now.plus(times.last()))))
                    .toList());
            after = some.isEmpty() ? after : some.getLast().id().value();
        } while (!some.isEmpty());
        return raised;
    }

    private int raise(List<News> news) {
        Set<String> known = alerts.known(news.stream().map(News::key).toList());
        List<News> fresh =
                news.stream().filter(each -> !known.contains(each.key())).toList();
        return fresh.isEmpty() ? 0 : alerts.raise(fresh);
    }

    private static News news(ExpiringKey key, boolean isLast) {
        String data = new AlertFacts()
                .with("api_key_id", key.id().value())
                .with("name", key.name())
                .with("last4", key.last4())
                .with("user_id", key.user().value())
                .with("username", key.username())
                .with("expires_at", key.expiresAt())
                .json();
        String about =
                "key.expiring:" + key.id().value() + ":" + key.expiresAt().toEpochMilli();
        return new News(
                AlertType.KEY_EXPIRING,
                about + (isLast ? ":last" : ":first"),
                data,
                key.expiresAt().plus(KEPT));
    }
}
