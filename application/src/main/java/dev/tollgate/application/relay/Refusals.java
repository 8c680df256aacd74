package dev.tollgate.application.relay;

import dev.tollgate.application.relay.CallError.Code;
import dev.tollgate.domain.entitlement.PassedOver;
import dev.tollgate.domain.entitlement.PayerOrder;
import dev.tollgate.domain.entitlement.WindowKind;
import dev.tollgate.domain.money.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Says which limit refused a call, how much of it is used and when it resets. */
final class Refusals {
    private static final Duration CONCURRENCY_RETRY = Duration.ofSeconds(1);

    private Refusals() {}

    /** @param least the least the call would have had to hold against the limit, where that is one of costs */
    static CallError limit(Reservation.Refused refused, Money least, Instant now) {
        boolean isMoney = refused.name().measure() == LimitName.Measure.COST;
        CallError error = CallError.of(
                isMoney ? Code.INSUFFICIENT_QUOTA : Code.RATE_LIMIT_EXCEEDED,
                (isMoney ? moneySentence(refused, least) : sentence(refused)) + resets(refused));
        return isMoney ? error : error.retryAfter(wait(refused, now));
    }

    static List<String> passedOver(PayerOrder order) {
        return order.passedOver().stream().map(Refusals::sentence).toList();
    }

    private static String sentence(PassedOver passedOver) {
        return switch (passedOver) {
            case PassedOver.OfPackage(var id, var unfit) ->
                "Package " + id.value() + " is passed over: " + words(unfit.name()) + ".";
            case PassedOver.Credit credit -> "There is no credit.";
        };
    }

    private static String sentence(Reservation.Refused refused) {
        return "The " + name(refused.name()) + " is reached: " + refused.used() + " of " + refused.limit() + " used, "
                + refused.held() + " held by running calls.";
    }

    private static String moneySentence(Reservation.Refused refused, Money least) {
        boolean isReached = refused.used() + refused.held() >= refused.limit();
        return "The " + name(refused.name()) + (isReached ? " is reached: " : " has too little left: ")
                + dollars(refused.used()) + " of " + dollars(refused.limit()) + " used, " + dollars(refused.held())
                + " held by running calls" + (isReached ? "." : ", and this call can cost $" + least.text() + ".");
    }

    private static String name(LimitName name) {
        String span = name.window() == null || name.window() == WindowKind.TOTAL
                ? "total"
                : words(name.window().name());
        String whose = words(name.subject().name());
        return switch (name.measure()) {
            case COST -> span + " cost limit of the " + whose;
            case REQUESTS -> span + " request limit of the " + whose;
            case REQUESTS_PER_MINUTE -> "requests-per-minute limit of the " + whose;
            case TOKENS_PER_MINUTE -> "tokens-per-minute limit of the " + whose;
            case CONCURRENCY -> "limit of concurrent calls of the " + whose;
        };
    }

    private static String dollars(long nanos) {
        return "$" + Money.ofNanos(nanos).text();
    }

    private static String resets(Reservation.Refused refused) {
        return refused.resetsAt() == null ? "" : " It resets at " + refused.resetsAt() + ".";
    }

    private static Duration wait(Reservation.Refused refused, Instant now) {
        if (refused.resetsAt() == null) {
            return CONCURRENCY_RETRY;
        }
        Duration left = Duration.between(now, refused.resetsAt());
        return left.compareTo(CONCURRENCY_RETRY) < 0 ? CONCURRENCY_RETRY : left.plusSeconds(1);
    }

    private static String words(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
