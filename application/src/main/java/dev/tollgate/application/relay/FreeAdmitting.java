package dev.tollgate.application.relay;

import dev.tollgate.application.identity.StoreUnavailable;
import dev.tollgate.domain.entitlement.Payer;
import dev.tollgate.domain.entitlement.SpendMode;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.SubjectWindows;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lets a call in that costs nothing: it is one of its minute's requests and one of the calls at once, and counts in no day
 * and no token limit.
 */
final class FreeAdmitting {
    private static final PayerTerms NOBODY =
            new PayerTerms(new Payer.Metered(), SpendMode.STRICT, Money.ZERO, Money.ZERO, List.of(), null);

    private final LiveStore liveStore;

    FreeAdmitting(LiveStore liveStore) {
        this.liveStore = liveStore;
    }

    /** Why it may not go out now; null if it may. The live store is asked only where there is a limit. */
    @Nullable
    CallError refusal(Entrance.Result.Granted granted) {
        Instant now = granted.call().id().instant();
        CallLimits limits = CallLimits.of(granted.holder(), now);
        List<RateLimits> rates = limits.rates().stream()
                .filter(FreeAdmitting::isLimited)
                .map(rate -> new RateLimits(rate.subject(), rate.rpm(), 0, rate.concurrency(), 0, rate.day()))
                .toList();
        return rates.isEmpty() ? null : refusal(reserve(granted, limits, rates), now);
    }

    private static boolean isLimited(RateLimits rate) {
        return rate.rpm() > 0 || rate.concurrency() > 0;
    }

    private Reservation reserve(Entrance.Result.Granted granted, CallLimits limits, List<RateLimits> rates) {
        return liveStore.reserve(new Reserve(
                granted.call().id(),
                granted.holder().user().id(),
                granted.holder().key().id(),
                List.of(NOBODY),
                List.of(),
                rates,
                0,
                limits.windows().stream().map(FreeAdmitting::noneOf).toList(),
                List.of()));
    }

    /** The subject with no window: it is named, so that its place among the calls at once is found again. */
    private static SubjectWindows noneOf(SubjectWindows windows) {
        return new SubjectWindows(windows.subject(), List.of());
    }

    /** While the store takes nothing on nobody's limit can be seen, and nobody's money is at stake. */
    private static @Nullable CallError refusal(Reservation reservation, Instant now) {
        return switch (reservation) {
            case Reservation.Refused refused -> Refusals.limit(refused, Money.ZERO, now);
            case Reservation.Held held -> null;
            case Reservation.Closed closed -> null;
            case Reservation.Unavailable unavailable -> null;
        };
    }

    void ended(RelayCall call) {
        try {
            liveStore.cancel(call.id());
        } catch (StoreUnavailable away) {
            return; // its place among the calls at once ends with its lease
        }
    }
}
