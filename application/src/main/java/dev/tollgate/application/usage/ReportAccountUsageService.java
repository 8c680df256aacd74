package dev.tollgate.application.usage;

import dev.tollgate.application.identity.StoreUnavailable;
import dev.tollgate.application.usage.Slice.Dimension;
import dev.tollgate.application.usage.Totalled.OfAccount;
import dev.tollgate.application.usage.UsageNames.KeyName;
import dev.tollgate.domain.account.Account;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.apikey.ApiKeyId;
import dev.tollgate.domain.identity.UserId;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Adds up accounts' usage, the live store's sums first. */
public final class ReportAccountUsageService implements ReportAccountUsage {
    private static final String ANY_PLATFORM = "simulated";

    private final FreshTotals totals;
    private final UsageQueries queries;
    private final UsageNames names;
    private final Supplier<List<Account>> accounts;
    private final InstantSource clock;
    /** It never changes once an account was used. */
    private volatile Map<AccountId, Instant> firstUses = Map.of();

    public ReportAccountUsageService(
            FreshTotals totals,
            UsageQueries queries,
            UsageNames names,
            Supplier<List<Account>> accounts,
            InstantSource clock) {
        this.totals = totals;
        this.queries = queries;
        this.names = names;
        this.accounts = accounts;
        this.clock = clock;
    }

    @Override
    public Report all(ZoneId zone, Span averaged) {
        return report(accounts.get(), zone, averaged, Slice.ALL);
    }

    @Override
    public Optional<Report> of(AccountId account, ZoneId zone, Span averaged) {
        return find(account).map(found -> report(List.of(found), zone, averaged, Slice.of(account)));
    }

    @Override
    public Optional<Breakdown> breakdown(AccountId account, Span span, int limit) {
        return find(account).map(found -> breakdown(span, limit, Slice.of(account)));
    }

    private Report report(List<Account> shown, ZoneId zone, Span averaged, Slice only) {
        Instant now = clock.instant();
        Span today = RangeName.TODAY.at(now, zone);
        Span month = RangeName.MONTH.at(now, zone);
        Span ever = RangeName.TOTAL.at(now, zone);
        List<Totalled> wanted = shown.stream()
                .<Totalled>map(account -> new OfAccount(account.id()))
                .toList();
        FreshReading reading = totals.read(wanted, month.from(), only);
        List<AccountUsage> usages = new ArrayList<>();
        for (Account account : shown) {
            Totalled served = new OfAccount(account.id());
            Totals total = reading.of(served, ever);
            String family = account.type().family();
            usages.add(new AccountUsage(
                    account.id(),
                    account.name(),
                    family == null ? ANY_PLATFORM : family,
                    reading.of(served, today),
                    reading.of(served, month),
                    total,
                    Averages.of(reading.of(served, averaged), averaged, firstUse(account.id(), total), now)));
        }
        return new Report(usages, totals.freshness(reading));
    }

    private @Nullable Instant firstUse(AccountId account, Totals total) {
        if (total.requests() > 0 && !firstUses.containsKey(account)) {
            try {
                firstUses = queries.firstUses();
            } catch (StoreUnavailable away) {
                return total.lastUsedAt(); // the only use that is known of
            }
        }
        Instant first = firstUses.get(account);
        return first == null ? total.lastUsedAt() : first;
    }

    private Breakdown breakdown(Span span, int limit, Slice only) {
        Map<ApiKeyId, KeyUsage> byKey = new HashMap<>();
        Totals totals = Totals.NONE;
        Set<Dimension> by = Set.of(Dimension.USER, Dimension.API_KEY, Dimension.MODEL);
        for (Map.Entry<Slice, Totals> part : queries.sums(span, by, only).entrySet()) {
            totals = totals.plus(part.getValue());
            KeyUsage usage = usage(part.getKey(), part.getValue());
            byKey.merge(usage.key(), usage, ReportAccountUsageService::plus);
        }
        List<KeyUsage> dearest = byKey.values().stream()
                .sorted(Comparator.comparing((KeyUsage usage) -> usage.totals().cost())
                        .thenComparingLong(usage -> usage.totals().requests())
                        .reversed()
                        .thenComparingLong(usage -> usage.key().value()))
                .limit(limit)
                .toList();
        return new Breakdown(named(dearest), totals);
    }

    private List<KeyUsage> named(List<KeyUsage> usages) {
        Map<ApiKeyId, KeyName> keyNames =
                names.keys(usages.stream().map(KeyUsage::key).collect(Collectors.toSet()));
        return usages.stream()
                .map(usage -> {
                    KeyName name = keyNames.get(usage.key());
                    return name == null
                            ? usage
                            : new KeyUsage(
                                    usage.key(),
                                    name.name(),
                                    usage.user(),
                                    name.username(),
                                    usage.totals(),
                                    usage.lastModel());
                })
                .toList();
    }

    private static KeyUsage usage(Slice slice, Totals totals) {
        ApiKeyId key = Objects.requireNonNull(slice.key());
        UserId user = Objects.requireNonNull(slice.user());
        return new KeyUsage(key, null, user, null, totals, Objects.requireNonNull(slice.model()));
    }

    private static KeyUsage plus(KeyUsage one, KeyUsage other) {
        Instant ones = one.totals().lastUsedAt();
        Instant others = other.totals().lastUsedAt();
        boolean otherIsLater = ones == null || (others != null && others.isAfter(ones));
        return new KeyUsage(
                one.key(),
                null,
                one.user(),
                null,
                one.totals().plus(other.totals()),
                otherIsLater ? other.lastModel() : one.lastModel());
    }

    private Optional<Account> find(AccountId id) {
        return accounts.get().stream()
                .filter(account -> account.id().equals(id))
                .findFirst();
    }
}
