package dev.tollgate.application.usage;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Sums since ever, and of UTC days.
 *
 * @param days those that are known; one without any usage is {@link Totals#NONE}, one that is absent is not known
 */
public record DatedTotals(Totals total, Map<LocalDate, Totals> days) {
    public static final DatedTotals NONE = new DatedTotals(Totals.NONE, Map.of());

    public DatedTotals {
        days = Map.copyOf(days);
    }

    /** The sums of two parts of the same usage; a day is known if both know it. */
    DatedTotals joined(DatedTotals other) {
        Map<LocalDate, Totals> both = new HashMap<>();
        days.forEach((day, totals) -> {
            Totals others = other.days.get(day);
            if (others != null) {
                both.put(day, totals.plus(others));
            }
        });
        return new DatedTotals(total.plus(other.total), both);
    }

    /** The same with a call's counts added, on its day too. */
    DatedTotals plus(Counts counts) {
        Map<LocalDate, Totals> more = new HashMap<>(days);
        more.merge(counts.day(), counts.added(), Totals::plus);
        return new DatedTotals(total.plus(counts.added()), more);
    }

    /** The same with a call's counts taken back. */
    DatedTotals minus(Counts counts) {
        Map<LocalDate, Totals> fewer = new HashMap<>(days);
        fewer.put(counts.day(), fewer.getOrDefault(counts.day(), Totals.NONE).minus(counts.added()));
        return new DatedTotals(total.minus(counts.added()), fewer);
    }

    /** The same without the days before this one. */
    DatedTotals since(LocalDate first) {
        Map<LocalDate, Totals> kept = new HashMap<>(days);
        kept.keySet().removeIf(day -> day.isBefore(first));
        return new DatedTotals(total, kept);
    }

    /** The same with these days only. */
    public DatedTotals only(Set<LocalDate> wanted) {
        Map<LocalDate, Totals> kept = new HashMap<>(days);
        kept.keySet().retainAll(wanted);
        return new DatedTotals(total, kept);
    }
}
