package dev.tollgate.persistence.redis;

import dev.tollgate.application.relay.CostLimit;
import dev.tollgate.application.relay.LimitName;
import dev.tollgate.application.relay.LimitName.Measure;
import dev.tollgate.application.relay.RateLimits;
import dev.tollgate.application.relay.Reservation;
import dev.tollgate.application.relay.Reserve;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.entitlement.WindowKind;
import dev.tollgate.domain.money.Money;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What {@code reserve.lua} answers, in the port's words: a refusal names its limit by its place in the call. */
final class ReserveReply {
    private static final int NO_PAYER = -1;
    private static final int PLACE = 1;
    private static final int COST_PLACE = 2;

    private final Reserve call;
    private final Reply reply;

    private ReserveReply(Reserve call, Reply reply) {
        this.call = call;
        this.reply = reply;
    }

    static Reservation read(Reserve call, Reply reply, @Nullable AccountId boundTo) {
        ReserveReply read = new ReserveReply(call, reply);
        return switch (reply.word()) {
            case "held" -> new Reservation.Held((int) reply.number(1), Money.ofNanos(reply.number(2)), boundTo);
            case "rate" -> read.rate();
            case "cost" -> read.cost();
            case "gone", "full" -> new Reservation.Closed();
            default -> throw new IllegalStateException("unexpected " + reply.word());
        };
    }

    /** rate, place, which, used, held, minute. */
    private Reservation rate() {
        RateLimits limits = call.rates().get((int) reply.number(PLACE));
        Instant nextMinute = Instant.ofEpochSecond(TimeUnit.MINUTES.toSeconds(reply.number(5) + 1));
        return switch (reply.text(2)) {
            case "concurrency" -> rate(limits, Measure.CONCURRENCY, limits.concurrency(), null);
            case "rpm" -> rate(limits, Measure.REQUESTS_PER_MINUTE, limits.rpm(), nextMinute);
            case "tpm" -> rate(limits, Measure.TOKENS_PER_MINUTE, limits.tpm(), nextMinute);
            default ->
                rate(
                        limits,
                        Measure.REQUESTS,
                        limits.dailyRequests(),
                        limits.day().end());
        };
    }

    private Reservation rate(RateLimits limits, Measure measure, long limit, @Nullable Instant resetsAt) {
        WindowKind window = measure == Measure.REQUESTS ? WindowKind.DAY : null;
        LimitName name = new LimitName(limits.subject().kind(), measure, window);
        return new Reservation.Refused(NO_PAYER, name, limit, reply.number(3), reply.number(4), resetsAt);
    }

    /** cost, payer or -1, place, limit that stands, used, held. */
    private Reservation cost() {
        int payer = (int) reply.number(1);
        List<CostLimit> limits =
                payer == NO_PAYER ? call.limits() : call.payers().get(payer).limits();
        CostLimit limit = limits.get((int) reply.number(COST_PLACE));
        LimitName name = new LimitName(
                limit.subject().kind(), Measure.COST, limit.window().kind());
        return new Reservation.Refused(
                payer,
                name,
                reply.number(3),
                reply.number(4),
                reply.number(5),
                limit.window().end());
    }
}
