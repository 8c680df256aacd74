package dev.tollgate.application.alert;

import dev.tollgate.application.identity.Ids;
import dev.tollgate.application.identity.TimeOrderedIds;
import dev.tollgate.application.usage.SteppedClock;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** An outbox in memory with what was raised, and a clock. */
final class Raised {
    final SteppedClock clock = new SteppedClock();
    final Ids ids = new TimeOrderedIds(InstantSource.system(), ThreadLocalRandom.current()::nextInt);
    final InMemoryAlerts outbox = new InMemoryAlerts(ids);
    final List<Alert> logged = new ArrayList<>();
    final RaiseAlerts alerts = new RaiseAlertsService(outbox, logged::add, ids, clock);

    /** What was raised since the last time this was asked, without ids. */
    List<String> news() {
        List<String> news = logged.stream()
                .map(alert -> alert.type().wireName() + " " + alert.data())
                .toList();
        logged.clear();
        return news;
    }
}
