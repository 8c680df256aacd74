package dev.tollgate.application.usage;

import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** Goes through the live totals as {@link AuditedCounters} does through counters: their sums of all time and of today. */
final class AuditedTotals {
    private static final int AT_ONCE = 100;

    private final LiveTotals totals;
    private final RecordedTotals recorded;
    private final UsageStream stream;
    private final InstantSource clock;

    AuditedTotals(LiveTotals totals, RecordedTotals recorded, UsageStream stream, InstantSource clock) {
        this.totals = totals;
        this.recorded = recorded;
        this.stream = stream;
        this.clock = clock;
    }

    /** One figure, as it should be and as it is. */
    record Gap(Totalled whose, String name, String expected, String actual) {
        boolean isOpen() {
            return !expected.equals(actual);
        }
    }

    void compare(Findings findings) {
        eachGaps((shard, gaps) -> gaps.forEach(
                gap -> findings.require(Invariant.LIVE, gap.name(), !gap.isOpen(), gap.expected(), gap.actual())));
    }

    /** Sets totals that are wrong from SQL again. @return what was wrong */
    List<Gap> correct() {
        List<Gap> corrected = new ArrayList<>();
        eachGaps((shard, gaps) -> corrected.addAll(correct(shard, gaps)));
        return corrected;
    }

    /** The same for some of a shard's totals. */
    List<Gap> correct(int shard, Collection<Totalled> some) {
        return correct(shard, gaps(shard, List.copyOf(some), today()));
    }

    private List<Gap> correct(int shard, List<Gap> gaps) {
        List<Gap> open = gaps.stream().filter(Gap::isOpen).toList();
        if (!open.isEmpty()) {
            LocalDate since = today().withDayOfMonth(1);
            List<Totalled> wrong = open.stream().map(Gap::whose).distinct().toList();
            totals.forget(shard, wrong);
            boolean done = recorded.seed(shard, stream.shards(), wrong, since, seed -> totals.warm(shard, seed));
            assert done;
        }
        return open;
    }

    private void eachGaps(BiConsumer<Integer, List<Gap>> use) {
        LocalDate today = today();
        for (int shard = 0; shard < stream.shards(); shard++) {
            List<Totalled> all = List.copyOf(totals.known(shard));
            for (int from = 0; from < all.size(); from += AT_ONCE) {
                use.accept(shard, gaps(shard, all.subList(from, Math.min(all.size(), from + AT_ONCE)), today));
            }
        }
    }

    private List<Gap> gaps(int shard, List<Totalled> some, LocalDate today) {
        return recorded.seed(shard, stream.shards(), some, today, seed -> {
            TotalsSnapshot snapshot = totals.totals(shard, some, Set.of(today));
            Map<Totalled, DatedTotals> expected = seed.completed(snapshot.generation(), snapshot.pending());
            List<Gap> gaps = new ArrayList<>();
            snapshot.totals().forEach((whose, actual) -> {
                DatedTotals wanted = expected.getOrDefault(whose, DatedTotals.NONE);
                add(gaps, whose, name(whose), wanted.total(), actual.total());
                Totals ofToday = actual.days().get(today);
                if (ofToday != null) {
                    Totals wantedToday = wanted.days().getOrDefault(today, Totals.NONE);
                    add(gaps, whose, name(whose) + " of " + today, wantedToday, ofToday);
                }
            });
            return gaps;
        });
    }

    private static void add(List<Gap> gaps, Totalled whose, String name, Totals expected, Totals actual) {
        Map<String, String> there = figures(actual);
        figures(expected)
                .forEach((figure, wanted) -> gaps.add(
                        new Gap(whose, "live total " + name + " " + figure, wanted, there.getOrDefault(figure, ""))));
    }

    private static Map<String, String> figures(Totals totals) {
        Map<String, String> figures = new LinkedHashMap<>();
        figures.put("cost", totals.cost().text());
        figures.put("requests", String.valueOf(totals.requests()));
        figures.put("errors", String.valueOf(totals.errors()));
        figures.put("input_tokens", String.valueOf(totals.inputTokens()));
        figures.put("output_tokens", String.valueOf(totals.outputTokens()));
        figures.put("cache_read_tokens", String.valueOf(totals.cacheReadTokens()));
        figures.put("cache_write_tokens", String.valueOf(totals.cacheWriteTokens()));
        return figures;
    }

    private static String name(Totalled whose) {
        return switch (whose) {
            case Totalled.OfAccount(var account) -> "account " + account.value();
            case Totalled.OfUser(var user) -> "user " + user.value();
            case Totalled.OfKey(var key) -> "key " + key.value();
            case Totalled.Everyone everyone -> "everyone";
        };
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
