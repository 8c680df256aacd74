package dev.tollgate.persistence.embedded;

import dev.tollgate.application.usage.Counts;
import dev.tollgate.application.usage.DatedTotals;
import dev.tollgate.application.usage.LiveTotals;
import dev.tollgate.application.usage.RecordedTotals;
import dev.tollgate.application.usage.Totalled;
import dev.tollgate.application.usage.Totals;
import dev.tollgate.application.usage.TotalsSnapshot;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A shard's part of what accounts, users and keys come to; safe under the shard's lock only, as the shard is. */
final class ShardTotals {
    private final Map<Totalled, Known> warm = new HashMap<>();
    private final Set<Totalled> cold = new HashSet<>();

    /** One that is not set yet is left alone: its seed will contain the stream. */
    void count(Counts added, @Nullable Counts takenBack) {
        for (Totalled whose : added.whose()) {
            Known known = warm.get(whose);
            if (known == null) {
                cold.add(whose);
            } else {
                known.add(added.day(), added.added());
            }
        }
        if (takenBack != null) {
            for (Totalled whose : takenBack.whose()) {
                Known known = warm.get(whose);
                if (known != null) {
                    known.takeBack(takenBack.day(), takenBack.added());
                }
            }
        }
    }

    Set<Totalled> cold(int max) {
        return cold.stream().limit(max).collect(Collectors.toUnmodifiableSet());
    }

    void warm(RecordedTotals.Seed seed, String generation, List<TotalsSnapshot.Pending> entries) {
        seed.completed(generation, entries).forEach((whose, totals) -> {
            Known unused = warm.computeIfAbsent(whose, absent -> new Known(seed.since(), totals));
            cold.remove(whose);
        });
    }

    Map<Totalled, DatedTotals> read(Collection<? extends Totalled> wanted, Set<LocalDate> days) {
        Map<Totalled, DatedTotals> read = new HashMap<>();
        for (Totalled whose : wanted) {
            Known known = warm.get(whose);
            if (known != null) {
                read.put(whose, known.read(days));
            }
        }
        return read;
    }

    Set<Totalled> known() {
        return Set.copyOf(warm.keySet());
    }

    void forget(Collection<Totalled> wrong) {
        warm.keySet().removeAll(wrong);
        cold.addAll(wrong);
    }

    void forgetDaysBefore(LocalDate today) {
        LocalDate oldest = today.minusDays(LiveTotals.DAYS_KEPT);
        warm.values().forEach(known -> known.forgetBefore(oldest));
    }

    /** Sums since ever, and of each day from {@code since} on: one that is absent has no usage. */
    private static final class Known {
        private final Map<LocalDate, Totals> days;
        private LocalDate since;
        private Totals total;

        Known(LocalDate since, DatedTotals totals) {
            this.since = since;
            this.total = totals.total();
            this.days = new HashMap<>(totals.days());
        }

        void add(LocalDate day, Totals added) {
            total = total.plus(added);
            if (!day.isBefore(since)) {
                days.merge(day, added, Totals::plus);
            }
        }

        void takeBack(LocalDate day, Totals back) {
            total = total.minus(back);
            days.computeIfPresent(day, (same, totals) -> totals.minus(back));
        }

        DatedTotals read(Set<LocalDate> wanted) {
            Map<LocalDate, Totals> read = new HashMap<>();
            for (LocalDate day : wanted) {
                if (!day.isBefore(since)) {
                    read.put(day, days.getOrDefault(day, Totals.NONE));
                }
            }
            return new DatedTotals(total, read);
        }

        void forgetBefore(LocalDate oldest) {
            if (since.isBefore(oldest)) {
                since = oldest;
                days.keySet().removeIf(day -> day.isBefore(oldest));
            }
        }
    }
}
