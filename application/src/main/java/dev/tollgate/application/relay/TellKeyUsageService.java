package dev.tollgate.application.relay;

import dev.tollgate.application.apikey.KeyHolder;
import dev.tollgate.application.apikey.KeyRing;
import dev.tollgate.application.entitlement.Balances;
import dev.tollgate.application.entitlement.HeldPackage;
import dev.tollgate.application.entitlement.UserPackages;
import dev.tollgate.application.entitlement.Wallets;
import dev.tollgate.application.identity.StoreUnavailable;
import dev.tollgate.application.usage.FreshTotals;
import dev.tollgate.application.usage.Slice;
import dev.tollgate.application.usage.Span;
import dev.tollgate.application.usage.SubjectUsage;
import dev.tollgate.application.usage.Totals;
import dev.tollgate.application.usage.UsageQueries;
import dev.tollgate.domain.apikey.ApiKey;
import dev.tollgate.domain.entitlement.PackageStatus;
import dev.tollgate.domain.entitlement.Spent;
import dev.tollgate.domain.entitlement.UserPackage;
import dev.tollgate.domain.entitlement.Window;
import dev.tollgate.domain.entitlement.WindowCalendar;
import dev.tollgate.domain.entitlement.WindowKey;
import dev.tollgate.domain.entitlement.WindowKind;
import dev.tollgate.domain.identity.User;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.relay.Subject;
import dev.tollgate.domain.relay.SubjectKind;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells by the live store what is spent and held; while that is away, by the records. */
public final class TellKeyUsageService implements TellKeyUsage {
    private final KeyRing keyRing;
    private final LiveStore liveStore;
    private final SubjectUsage recorded;
    private final UsageQueries queries;
    private final FreshTotals totals;
    private final Purse purse;
    private final InstantSource clock;

    public TellKeyUsageService(
            KeyRing keyRing,
            LiveStore liveStore,
            SubjectUsage recorded,
            UsageQueries queries,
            FreshTotals totals,
            Purse purse,
            InstantSource clock) {
        this.keyRing = keyRing;
        this.liveStore = liveStore;
        this.recorded = recorded;
        this.queries = queries;
        this.totals = totals;
        this.purse = purse;
        this.clock = clock;
    }

    /** Where it is known what users may spend. */
    public record Purse(UserPackages userPackages, Wallets wallets, Balances balances) {}

    @Override
    public Told of(@Nullable String keyText, @Nullable String clientIp) {
        try {
            Optional<KeyHolder> holder = keyText == null ? Optional.empty() : keyRing.find(keyText);
            if (holder.isEmpty()) {
                return new Told.Refused(CallErrors.unknownKey(keyText == null));
            }
            Instant now = clock.instant();
            CallError closed = Entrance.whyClosed(holder.get(), clientIp, now);
            return closed == null ? standing(holder.get(), now) : new Told.Refused(closed);
        } catch (StoreUnavailable e) {
            return new Told.Refused(CallErrors.storeAway());
        }
    }

    private Told.Standing standing(KeyHolder holder, Instant now) {
        User user = holder.user();
        ApiKey key = holder.key();
        Map<Subject, Map<WindowKey, Spent>> spent = new HashMap<>();
        Map<Subject, Pace> paces = new HashMap<>();
        CallLimits limits = CallLimits.of(holder, now);
        for (RateLimits rates : limits.rates()) {
            Subject subject = rates.subject();
            spent.put(subject, spent(user.id(), subject));
            pace(user.id(), rates).ifPresent(pace -> paces.put(subject, pace));
        }
        Map<WindowKey, Spent> ofKey =
                spent.getOrDefault(new Subject(SubjectKind.KEY, key.id().value()), Map.of());
        WindowCalendar calendar = WindowCalendar.of(user.zone(now));
        Used today = used(key, calendar.window(WindowKind.DAY, now), ofKey, now);
        Spent credit = purse.balances().credit(List.of(user.id())).getOrDefault(user.id(), Spent.NOTHING);
        return new Told.Standing(
                now,
                key,
                user,
                new ToldLimits(spent, paces).of(limits),
                packages(key, now),
                purse.wallets().credit(user.id()).granted().minus(credit.used()),
                credit.held(),
                today,
                used(key, calendar.window(WindowKind.MONTH, now), ofKey, now),
                used(key, Window.TOTAL, ofKey, now));
    }

    private Map<WindowKey, Spent> spent(UserId user, Subject subject) {
        try {
            return liveStore.spent(user, subject);
        } catch (StoreUnavailable away) {
            return recorded.used(Set.of(subject)).getOrDefault(subject, Map.of());
        }
    }

    private Optional<Pace> pace(UserId user, RateLimits rates) {
        if (!rates.isAny()) {
            return Optional.empty();
        }
        try {
            return Optional.of(liveStore.pace(user, rates.subject()));
        } catch (StoreUnavailable away) {
            return Optional.empty();
        }
    }

    private Used used(ApiKey key, Window window, Map<WindowKey, Spent> spent, Instant now) {
        Instant end = window.end() == null ? now.plusSeconds(1) : window.end();
        Slice slice = Slice.of(key.id());
        Totals used = window.kind() == WindowKind.TOTAL
                ? totals.keys(Set.of(key.id())).getOrDefault(key.id(), Totals.NONE)
                : queries.sums(new Span(window.start(), end), Set.of(), slice).values().stream()
                        .reduce(Totals.NONE, Totals::plus);
        return new Used(
                used.requests(),
                used.tokens(),
                spent.getOrDefault(window.key(), Spent.NOTHING).used());
    }

    private List<HeldPackage> packages(ApiKey key, Instant now) {
        List<HeldPackage> paying =
                purse.userPackages().of(Set.of(key.userId())).getOrDefault(key.userId(), List.of()).stream()
                        .filter(held -> maySpend(key, held.held(), now))
                        .toList();
        List<UserPackage> live =
                purse.balances().spent(paying.stream().map(HeldPackage::held).toList());
        List<HeldPackage> told = new ArrayList<>();
        for (int i = 0; i < paying.size(); i++) {
            told.add(paying.get(i).with(live.get(i)));
        }
        return told;
    }

    private static boolean maySpend(ApiKey key, UserPackage held, Instant now) {
        PackageStatus status = held.at(now).status();
        boolean runs =
                !now.isBefore(held.startsAt()) && status != PackageStatus.DISABLED && status != PackageStatus.EXPIRED;
        boolean isBound = key.boundPackage() == null || key.boundPackage().equals(held.id());
        return runs
                && isBound
                && (key.boundPackage() != null
                        || key.billingType()
                                .packageTypes()
                                .contains(held.terms().type()));
    }
}
