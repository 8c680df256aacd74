package dev.tollgate.application.relay;

import dev.tollgate.application.entitlement.Balances;
import dev.tollgate.application.entitlement.Wallets;
import dev.tollgate.application.identity.StoreUnavailable;
import dev.tollgate.application.usage.SubjectUsage;
import dev.tollgate.domain.apikey.ApiKeyId;
import dev.tollgate.domain.entitlement.PackageStatus;
import dev.tollgate.domain.entitlement.Payer;
import dev.tollgate.domain.entitlement.SpendMode;
import dev.tollgate.domain.entitlement.Spent;
import dev.tollgate.domain.entitlement.UserPackage;
import dev.tollgate.domain.entitlement.Window;
import dev.tollgate.domain.entitlement.WindowKey;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.domain.relay.Subject;
import dev.tollgate.domain.relay.SubjectKind;
import dev.tollgate.domain.relay.SubjectWindows;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Balances by the live store; while it is away, by the records, which know of no holds. */
public final class LiveBalances implements Balances {
    private static final ApiKeyId NO_KEY = new ApiKeyId(0);

    private final LiveStore liveStore;
    private final SubjectUsage recorded;
    private final Supplier<RequestId> requestIds;

    /** @param requestIds gives a new id of the present instant */
    public LiveBalances(LiveStore liveStore, SubjectUsage recorded, Supplier<RequestId> requestIds) {
        this.liveStore = liveStore;
        this.recorded = recorded;
        this.requestIds = requestIds;
    }

    @Override
    public List<UserPackage> spent(Collection<UserPackage> packages) {
        Map<Subject, UserId> subjects = new LinkedHashMap<>();
        packages.forEach(held -> subjects.put(PayerChoice.subject(held), held.userId()));
        Map<Subject, Map<WindowKey, Spent>> spent = spent(subjects);
        return packages.stream()
                .map(held -> held.withSpent(spent.getOrDefault(PayerChoice.subject(held), Map.of())))
                .toList();
    }

    @Override
    public Map<UserId, Spent> credit(Collection<UserId> users) {
        Map<Subject, UserId> subjects =
                users.stream().distinct().collect(Collectors.toMap(LiveBalances::credit, Function.identity()));
        Map<UserId, Spent> credit = new HashMap<>();
        spent(subjects)
                .forEach((subject, windows) ->
                        credit.put(new UserId(subject.id()), windows.getOrDefault(Window.TOTAL.key(), Spent.NOTHING)));
        return credit;
    }

    @Override
    public void push(UserPackage edited, Instant now) {
        PackageStatus status = edited.at(now).status();
        boolean isOver = status == PackageStatus.DISABLED || status == PackageStatus.EXPIRED;
        for (CostLimit limit : PayerChoice.limits(edited, now)) {
            Money stands = isOver ? Money.ZERO : limit.limit(); // others may have it in memory for a moment
            liveStore.limit(edited.userId(), new CostLimit(limit.subject(), limit.window(), stands, limit.version()));
        }
    }

    @Override
    public TakenBack takeBack(UserId user, Money amount, Wallets.Credit before, Supplier<Wallets.Credit> deduct) {
        RequestId id = requestIds.get();
        return switch (liveStore.reserve(holdOf(id, user, amount, before))) {
            case Reservation.Held held -> {
                try {
                    liveStore.limit(user, limit(user, deduct.get()));
                } finally {
                    liveStore.cancel(id);
                }
                yield TakenBack.DONE;
            }
            case Reservation.Refused refused -> TakenBack.NOT_THERE;
            case Reservation.Closed closed -> TakenBack.STORE_AWAY;
            case Reservation.Unavailable away -> TakenBack.STORE_AWAY;
        };
    }

    private Map<Subject, Map<WindowKey, Spent>> spent(Map<Subject, UserId> subjects) {
        try {
            Map<Subject, Map<WindowKey, Spent>> live = new HashMap<>();
            liveStore.counted(subjects).forEach((subject, counted) -> live.put(subject, counted.spent()));
            return live;
        } catch (StoreUnavailable away) {
            return recorded.used(subjects.keySet());
        }
    }

    private static Reserve holdOf(RequestId id, UserId user, Money amount, Wallets.Credit credit) {
        SubjectWindows windows = new SubjectWindows(credit(user), List.of(Window.TOTAL.key()));
        PayerTerms payer = new PayerTerms(
                new Payer.OfCredit(user), SpendMode.STRICT, amount, amount, List.of(limit(user, credit)), windows);
        return new Reserve(id, user, NO_KEY, List.of(payer), List.of(), List.of(), 0, List.of(), List.of());
    }

    private static CostLimit limit(UserId user, Wallets.Credit credit) {
        return new CostLimit(credit(user), Window.TOTAL, credit.granted(), credit.version());
    }

    private static Subject credit(UserId user) {
        return new Subject(SubjectKind.CREDIT, user.value());
    }
}
