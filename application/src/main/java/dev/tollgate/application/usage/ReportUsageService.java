package dev.tollgate.application.usage;

import dev.tollgate.application.usage.Slice.Dimension;
import dev.tollgate.application.usage.UsageQueries.Bucket;
import dev.tollgate.domain.account.Account;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Adds up usage and gives its groups their names. */
public final class ReportUsageService implements ReportUsage {
    private static final int TOP = 10;
    private static final int RATE_DECIMALS = 4;

    private final UsageQueries queries;
    private final UsageNames names;
    private final Supplier<List<Account>> accounts;
    private final InstantSource clock;

    public ReportUsageService(
            UsageQueries queries, UsageNames names, Supplier<List<Account>> accounts, InstantSource clock) {
        this.queries = queries;
        this.names = names;
        this.accounts = accounts;
        this.clock = clock;
    }

    @Override
    public List<Point> series(Span span, ZoneId zone, Granularity granularity, @Nullable Dimension by, Slice only) {
        Set<Dimension> dimensions = by == null ? Set.of() : Set.of(by);
        Map<Instant, Map<Slice, Totals>> pieces = new TreeMap<>();
        for (Bucket bucket : queries.series(span, granularity.step(zone), dimensions, only)) {
            pieces.computeIfAbsent(granularity.start(bucket.start(), zone), start -> new LinkedHashMap<>())
                    .merge(bucket.slice(), bucket.totals(), Totals::plus);
        }
        Set<Slice> slices = pieces.values().stream()
                .flatMap(piece -> piece.keySet().stream())
                .collect(Collectors.toSet());
        Map<Slice, String> known = names(slices, by);
        return pieces.entrySet().stream()
                .flatMap(piece ->
                        groups(piece.getValue(), known).stream().map(group -> new Point(piece.getKey(), group)))
                .toList();
    }

    @Override
    public List<Group> groups(Span span, Dimension by, Slice only, int limit) {
        Map<Slice, Totals> sums = queries.sums(span, Set.of(by), only);
        return groups(sums, names(sums.keySet(), by)).stream().limit(limit).toList();
    }

    @Override
    public Summary summary(Span span, Slice only) {
        Totals totals = queries.sums(span, Set.of(), only).getOrDefault(Slice.ALL, Totals.NONE);
        Map<Dimension, List<Group>> top = new EnumMap<>(Dimension.class);
        for (Dimension dimension : Dimension.values()) {
            top.put(dimension, groups(span, dimension, only, TOP));
        }
        Instant firstUse = queries.firstUses().values().stream()
                .min(Comparator.naturalOrder())
                .orElse(null);
        return new Summary(
                totals,
                Averages.of(totals, span, firstUse, clock.instant()),
                successRate(totals),
                queries.latencies(span, only),
                top);
    }

    private static @Nullable BigDecimal successRate(Totals totals) {
        return totals.requests() == 0
                ? null
                : BigDecimal.valueOf(totals.requests() - totals.errors())
                        .divide(BigDecimal.valueOf(totals.requests()), RATE_DECIMALS, RoundingMode.HALF_UP);
    }

    private static List<Group> groups(Map<Slice, Totals> sums, Map<Slice, String> known) {
        return sums.entrySet().stream()
                .map(sum -> new Group(id(sum.getKey()), known.get(sum.getKey()), sum.getValue()))
                .sorted(Comparator.comparing((Group group) -> group.totals().cost())
                        .reversed()
                        .thenComparing(Group::id, Comparator.nullsFirst(Comparator.naturalOrder())))
                .toList();
    }

    private static @Nullable String id(Slice slice) {
        if (slice.user() != null) {
            return String.valueOf(slice.user().value());
        }
        if (slice.key() != null) {
            return String.valueOf(slice.key().value());
        }
        return slice.account() != null ? String.valueOf(slice.account().value()) : slice.model();
    }

    private Map<Slice, String> names(Set<Slice> slices, @Nullable Dimension by) {
        Map<Slice, String> known = new LinkedHashMap<>();
        if (by == null) {
            return known;
        }
        switch (by) {
            case MODEL -> slices.forEach(slice -> known.put(slice, Objects.requireNonNull(slice.model())));
            case USER ->
                names.users(slices.stream()
                                .map(Slice::user)
                                .filter(Objects::nonNull)
                                .toList())
                        .forEach((user, name) -> known.put(Slice.of(user), name));
            case API_KEY ->
                names.keys(slices.stream()
                                .map(Slice::key)
                                .filter(Objects::nonNull)
                                .toList())
                        .forEach((key, name) -> known.put(Slice.of(key), name.name()));
            case ACCOUNT -> accounts.get().forEach(account -> known.put(Slice.of(account.id()), account.name()));
        }
        return known;
    }
}
