package dev.tollgate.bootstrap.crash;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line for each hit and each round as it happens, and a table of all at the end. */
final class RunTable {
    private static final Logger LOG = LoggerFactory.getLogger(RunTable.class);
    private static final int WORST = 100;
    private static final int HIGH = 99;
    private static final int MIDDLE = 50;

    private final Map<String, List<Duration>> healthy = new LinkedHashMap<>();
    private final Map<String, int[]> counted = new LinkedHashMap<>();
    private long rounds;
    private long failed;
    private long calls;
    private long complete;
    private long unavailable;

    void hit(String round, String what, Instant at, int called, int unavailableThen, Duration healthyAfter) {
        healthy.computeIfAbsent(what, absent -> new ArrayList<>()).add(healthyAfter);
        int[] counts = counted.computeIfAbsent(what, absent -> new int[2]);
        counts[0] += called;
        counts[1] += unavailableThen;
        LOG.info(
                "{}: {} at {}: {} calls meanwhile, {} answered 503, healthy after {} ms",
                round,
                what,
                at,
                called,
                unavailableThen,
                healthyAfter.toMillis());
    }

    void round(String name, PacedCallers callers, Duration settled, Reconciliation books, int wrong) {
        rounds++;
        failed += wrong == 0 ? 0 : 1;
        calls += callers.log().size();
        long whole =
                callers.log().stream().filter(made -> made.heard().isComplete()).count();
        complete += whole;
        unavailable += callers.unavailable();
        LOG.info(
                "{}: {} calls, {} answered in full, {} answered 503 ({} without an excuse, {} of them without"
                        + " MariaDB), settled after {} ms, {} wrong",
                name,
                callers.log().size(),
                whole,
                callers.unavailable(),
                books.strays(),
                books.straysWithoutMariaDb(),
                settled.toMillis(),
                wrong);
    }

    /** What was done to a round's calls, and how often. */
    void faults(String name, PacedCallers callers) {
        Map<String, Integer> counts = new TreeMap<>();
        for (Made made : callers.log()) {
            Wish wish = made.wish();
            if (!wish.isMeantToEnd()) {
                String who = wish.manner().isSound()
                        ? "caller leaves " + wish.leaves().point()
                        : wish.manner().word();
                counts.merge(who, 1, Integer::sum);
            }
            counts.merge("answered " + made.heard().status(), 1, Integer::sum);
        }
        LOG.info("{}: {} broken off: {}", name, callers.faulted(), counts);
    }

    /** Everything so far. */
    void print() {
        StringBuilder text = new StringBuilder("""

            | hit | times | calls meanwhile | 503 | healthy after, ms: median | p99 | most |
            |---|---|---|---|---|---|---|
            """);
        healthy.forEach((what, times) -> text.append(String.format(
                Locale.ROOT,
                "| %s | %d | %d | %d | %d | %d | %d |%n",
                what,
                times.size(),
                counted.get(what)[0],
                counted.get(what)[1],
                percentile(times, MIDDLE),
                percentile(times, HIGH),
                percentile(times, WORST))));
        LOG.info(
                "{}{} rounds, {} of them wrong; {} calls, {} answered in full, {} answered 503",
                text,
                rounds,
                failed,
                calls,
                complete,
                unavailable);
    }

    private static long percentile(List<Duration> times, int percent) {
        List<Long> sorted = times.stream().map(Duration::toMillis).sorted().toList();
        return sorted.get(Math.max(0, (sorted.size() * percent + WORST - 1) / WORST - 1));
    }
}
