package dev.tollgate.application.alert;

import dev.tollgate.application.identity.Ids;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Raises alerts by way of the outbox. */
public final class RaiseAlertsService implements RaiseAlerts {
    private final AlertOutbox outbox;
    private final Consumer<Alert> log;
    private final Ids ids;
    private final InstantSource clock;

    /** @param log told of each alert once it is in the outbox */
    public RaiseAlertsService(AlertOutbox outbox, Consumer<Alert> log, Ids ids, InstantSource clock) {
        this.outbox = outbox;
        this.log = log;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public Set<String> known(Collection<String> keys) {
        return outbox.known(keys);
    }

    @Override
    public int raise(List<News> news) {
        List<Alert> raised = outbox.raise(news.stream().map(this::alert).toList());
        raised.forEach(log);
        return raised.size();
    }

    @Override
    public boolean begin(String condition, News news) {
        Alert alert = unique(news);
        boolean isNew = outbox.begin(condition, alert);
        if (isNew) {
            log.accept(alert);
        }
        return isNew;
    }

    @Override
    public boolean end(String condition, @Nullable News news) {
        @Nullable Alert alert = news == null ? null : unique(news);
        boolean held = outbox.end(condition, alert);
        if (held && alert != null) {
            log.accept(alert);
        }
        return held;
    }

    @Override
    public Set<String> conditions() {
        return outbox.conditions();
    }

    private Alert alert(News news) {
        return new Alert(ids.next(), news.type(), news.key(), now(), news.data(), news.keptUntil());
    }

    /** It may happen again: the condition sees to it that it is told once each time. */
    private Alert unique(News news) {
        long id = ids.next();
        return new Alert(id, news.type(), news.key() + ":" + id, now(), news.data(), news.keptUntil());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
