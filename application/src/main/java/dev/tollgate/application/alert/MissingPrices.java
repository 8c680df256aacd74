package dev.tollgate.application.alert;

import dev.tollgate.application.alert.RaiseAlerts.News;
import dev.tollgate.application.relay.UnpricedModels;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The models without price that callers of this node asked for. Kept in memory until {@link #raise}: what is asked for
 * may be any text, so a node tells at most so many a day.
 */
public final class MissingPrices implements UnpricedModels {
    static final int A_DAY_MAX = 100;

    private static final int LENGTH_MAX = 200;
    private static final Duration KEPT = Duration.ofDays(30);

    private final RaiseAlerts alerts;
    private final InstantSource clock;
    private final Map<String, LocalDate> asked = new ConcurrentHashMap<>();
    private final Set<String> told = new HashSet<>();
    private LocalDate today = LocalDate.EPOCH;

    public MissingPrices(RaiseAlerts alerts, InstantSource clock) {
        this.alerts = alerts;
        this.clock = clock;
    }

    @Override
    public void asked(String model) {
        if (asked.size() < A_DAY_MAX && !model.isBlank() && model.length() <= LENGTH_MAX) {
            asked.put(model, clock.instant().atOffset(ZoneOffset.UTC).toLocalDate());
        }
    }

    /** Raises an alert for each model that nobody told of that day yet; returns how many. */
    public synchronized int raise() {
        Instant now = clock.instant();
        LocalDate date = now.atOffset(ZoneOffset.UTC).toLocalDate();
        if (!date.equals(today)) {
            told.clear();
            today = date;
        }
        int raised = 0;
        for (Map.Entry<String, LocalDate> model : Map.copyOf(asked).entrySet()) {
            if (told.size() < A_DAY_MAX && !told.contains(model.getKey())) {
                raised += raise(model.getKey(), model.getValue(), now);
                told.add(model.getKey());
            }
            asked.remove(model.getKey(), model.getValue());
        }
        return raised;
    }

    private int raise(String model, LocalDate day, Instant now) {
        String data = new AlertFacts()
                .with("model", model)
                .with("date", day.toString())
                .json();
        String key = "price.missing:" + day + ":" + model;
        return alerts.raise(List.of(new News(AlertType.PRICE_MISSING, key, data, now.plus(KEPT))));
    }
}
