package dev.tollgate.application.usage;

import dev.tollgate.application.usage.Slice.Dimension;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells how much was used: over time, in sum, and by whom most. */
public interface ReportUsage {
    /**
     * Usage over time, oldest first; a piece of time without usage is left out.
     *
     * @param by null for one series of everything
     */
    List<Point> series(Span span, ZoneId zone, Granularity granularity, @Nullable Dimension by, Slice only);

    /** Usage by one dimension, the dearest first. */
    List<Group> groups(Span span, Dimension by, Slice only, int limit);

    Summary summary(Span span, Slice only);

    /** A group's usage in one piece of time. */
    record Point(Instant start, Group group) {}

    /**
     * What belongs together in one dimension.
     *
     * @param id the thing's id or the model's name; null for everything
     * @param name what it is called; null if that is not known any more
     */
    record Group(@Nullable String id, @Nullable String name, Totals totals) {}

    /**
     * Usage in sum.
     *
     * @param successRate from 0 to 1, four decimals; null without calls
     * @param top by dimension, the dearest ten
     */
    record Summary(
            Totals totals,
            Averages averages,
            @Nullable BigDecimal successRate,
            Latencies latencies,
            Map<Dimension, List<Group>> top) {
        public Summary {
            top = Map.copyOf(top);
        }
    }
}
