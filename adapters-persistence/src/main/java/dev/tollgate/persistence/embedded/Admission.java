package dev.tollgate.persistence.embedded;

import dev.tollgate.application.relay.CostLimit;
import dev.tollgate.application.relay.LimitName;
import dev.tollgate.application.relay.LimitName.Measure;
import dev.tollgate.application.relay.PayerTerms;
import dev.tollgate.application.relay.RateLimits;
import dev.tollgate.application.relay.Reservation;
import dev.tollgate.application.relay.Reservation.Refused;
import dev.tollgate.application.relay.Reserve;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.entitlement.SpendMode;
import dev.tollgate.domain.entitlement.WindowKind;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.Subject;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Checks one call against every limit, and takes nothing. */
final class Admission {
    static final int NO_PAYER = -1;

    private final Reserve reserve;
    private final Function<Subject, SubjectState> states;
    private final long nowMillis;

    Admission(Reserve reserve, Function<Subject, SubjectState> states, long nowMillis) {
        this.reserve = reserve;
        this.states = states;
        this.nowMillis = nowMillis;
    }

    /** The payer that carries the call and how much it can hold, or the limit that stands in the way. */
    Reservation check(@Nullable AccountId boundTo) {
        for (RateLimits limits : reserve.rates()) {
            Refused refused = rates(limits, states.apply(limits.subject()));
            if (refused != null) {
                return refused;
            }
        }
        long own = roomNanos(reserve.limits());
        for (int payer = 0; payer < reserve.payers().size(); payer++) {
            Money most = reserve.payers().get(payer).most();
            if (roomNanos(payer, own) >= most.nanos()) {
                return new Reservation.Held(payer, most, boundTo);
            }
        }
        for (int payer = 0; payer < reserve.payers().size(); payer++) {
            long room = loweredNanos(reserve.payers().get(payer), own);
            if (room >= reserve.payers().get(payer).least().nanos()) {
                return new Reservation.Held(payer, Money.ofNanos(room), boundTo);
            }
        }
        return costRefused(own);
    }

    private @Nullable Refused rates(RateLimits limits, SubjectState state) {
        MinuteRates rates = state.rates;
        rates.at(nowMillis / MinuteRates.MINUTE_MILLIS);
        if (limits.concurrency() > 0 && rates.running >= limits.concurrency()) {
            return rateRefused(limits, Measure.CONCURRENCY, limits.concurrency(), rates.running, null);
        }
        Instant nextMinute = Instant.ofEpochMilli((rates.minute() + 1) * MinuteRates.MINUTE_MILLIS);
        if (limits.rpm() > 0 && rates.requests >= limits.rpm()) {
            return rateRefused(limits, Measure.REQUESTS_PER_MINUTE, limits.rpm(), rates.requests, nextMinute);
        }
        if (limits.tpm() > 0 && rates.tokens + tokens(limits) > limits.tpm()) {
            return rateRefused(limits, Measure.TOKENS_PER_MINUTE, limits.tpm(), rates.tokens, nextMinute);
        }
        return dailyRequests(limits, state);
    }

    /** A call that is larger than the whole minute's limit may still have that minute to itself. */
    private long tokens(RateLimits limits) {
        return Math.min(reserve.tokens(), limits.tpm());
    }

    private @Nullable Refused dailyRequests(RateLimits limits, SubjectState state) {
        WindowCounter day = state.windows.get(limits.day().key());
        if (limits.dailyRequests() == 0 || day == null || day.requests + day.openRequests < limits.dailyRequests()) {
            return null;
        }
        LimitName name = new LimitName(limits.subject().kind(), Measure.REQUESTS, WindowKind.DAY);
        return new Refused(
                NO_PAYER,
                name,
                limits.dailyRequests(),
                day.requests,
                day.openRequests,
                limits.day().end());
    }

    private static Refused rateRefused(
            RateLimits limits, Measure measure, long limit, long used, @Nullable Instant resetsAt) {
        LimitName name = new LimitName(limits.subject().kind(), measure, null);
        return new Refused(NO_PAYER, name, limit, used, 0, resetsAt);
    }

    /** What the tightest limit of a payer, or of user and key, still leaves. */
    private long roomNanos(int payer, long own) {
        return Math.min(own, roomNanos(reserve.payers().get(payer).limits()));
    }

    /** What can be held of a payer that does not carry the most; one that is lenient may be overdrawn once. */
    private long loweredNanos(PayerTerms payer, long own) {
        long left = roomNanos(payer.limits());
        boolean isOverdrawn = payer.mode() == SpendMode.LENIENT
                && left >= Math.min(1, payer.most().nanos());
        return Math.min(own, isOverdrawn ? payer.most().nanos() : left);
    }

    private long roomNanos(List<CostLimit> limits) {
        long room = Long.MAX_VALUE;
        for (CostLimit limit : limits) {
            room = Math.min(room, roomNanos(limit));
        }
        return room;
    }

    private long roomNanos(CostLimit given) {
        SubjectState state = states.apply(given.subject());
        long limit = state.newest(given).limit().nanos();
        WindowCounter window = state.windows.get(given.window().key());
        return window == null ? limit : window.roomNanos(limit);
    }

    /** Tells of the user's or key's limit if that alone is too small, else of the first payer's tightest. */
    private Refused costRefused(long own) {
        PayerTerms first = reserve.payers().get(0);
        boolean isOwn = own < first.least().nanos();
        List<CostLimit> limits = isOwn ? reserve.limits() : first.limits();
        CostLimit tightest = limits.get(0);
        for (CostLimit limit : limits) {
            tightest = roomNanos(limit) < roomNanos(tightest) ? limit : tightest;
        }
        return costRefused(isOwn ? NO_PAYER : 0, tightest);
    }

    private Refused costRefused(int payer, CostLimit given) {
        SubjectState state = states.apply(given.subject());
        return costRefused(payer, given, state.newest(given), state);
    }

    /** @param stands the limit in force, of which the one given names the window */
    static Refused costRefused(int payer, CostLimit given, CostLimit stands, SubjectState state) {
        LimitName name = new LimitName(
                given.subject().kind(), Measure.COST, given.window().kind());
        WindowCounter window = state.windows.getOrDefault(given.window().key(), new WindowCounter());
        return new Refused(
                payer,
                name,
                stands.limit().nanos(),
                window.usedNanos,
                window.heldNanos,
                given.window().end());
    }
}
