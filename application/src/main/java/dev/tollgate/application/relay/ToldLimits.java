package dev.tollgate.application.relay;

import dev.tollgate.application.relay.LimitName.Measure;
import dev.tollgate.application.relay.TellKeyUsage.KeyLimit;
import dev.tollgate.domain.entitlement.Spent;
import dev.tollgate.domain.entitlement.Window;
import dev.tollgate.domain.entitlement.WindowKey;
import dev.tollgate.domain.entitlement.WindowKind;
import dev.tollgate.domain.relay.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The limits that calls meet, with what is gone of each.
 *
 * @param paces without those that are not known
 */
record ToldLimits(Map<Subject, Map<WindowKey, Spent>> spent, Map<Subject, Pace> paces) {

    /** Those of a key and its user. */
    List<KeyLimit> of(CallLimits limits) {
        List<KeyLimit> told = new ArrayList<>(of(limits.costs()));
        limits.rates().forEach(rates -> addCounts(told, rates));
        return told;
    }

    List<KeyLimit> of(List<CostLimit> limits) {
        List<KeyLimit> told = new ArrayList<>();
        for (CostLimit cost : limits) {
            if (cost.isNone()) {
                continue;
            }
            Window window = cost.window();
            LimitName name = new LimitName(cost.subject().kind(), Measure.COST, window.kind());
            Spent gone = spent.getOrDefault(cost.subject(), Map.of()).getOrDefault(window.key(), Spent.NOTHING);
            told.add(new KeyLimit.OfMoney(name, cost.limit(), gone, window.end()));
        }
        return told;
    }

    private void addCounts(List<KeyLimit> told, RateLimits rates) {
        @Nullable Pace pace = paces.get(rates.subject());
        List<KeyLimit.OfCount> counts = pace == null ? unknown(rates) : known(rates, pace);
        counts.stream().filter(count -> count.limit() > 0).forEach(told::add);
    }

    private static List<KeyLimit.OfCount> known(RateLimits rates, Pace pace) {
        Pace.Requests day = pace.windows().getOrDefault(rates.day().key(), Pace.Requests.NONE);
        Instant dayEnds = rates.day().end();
        Instant minuteEnds = pace.minuteEnds();
        return List.of(
                new KeyLimit.OfCount(daily(rates), rates.dailyRequests(), day.settled(), day.running(), dayEnds),
                new KeyLimit.OfCount(requests(rates), rates.rpm(), pace.requests(), 0L, minuteEnds),
                new KeyLimit.OfCount(tokens(rates), rates.tpm(), pace.tokens(), 0L, minuteEnds),
                new KeyLimit.OfCount(atOnce(rates), rates.concurrency(), pace.running(), 0L, null));
    }

    private static List<KeyLimit.OfCount> unknown(RateLimits rates) {
        Instant dayEnds = rates.day().end();
        return List.of(
                new KeyLimit.OfCount(daily(rates), rates.dailyRequests(), null, null, dayEnds),
                new KeyLimit.OfCount(requests(rates), rates.rpm(), null, null, null),
                new KeyLimit.OfCount(tokens(rates), rates.tpm(), null, null, null),
                new KeyLimit.OfCount(atOnce(rates), rates.concurrency(), null, null, null));
    }

    private static LimitName daily(RateLimits rates) {
        return new LimitName(rates.subject().kind(), Measure.REQUESTS, WindowKind.DAY);
    }

    private static LimitName requests(RateLimits rates) {
        return new LimitName(rates.subject().kind(), Measure.REQUESTS_PER_MINUTE, null);
    }

    private static LimitName tokens(RateLimits rates) {
        return new LimitName(rates.subject().kind(), Measure.TOKENS_PER_MINUTE, null);
    }

    private static LimitName atOnce(RateLimits rates) {
        return new LimitName(rates.subject().kind(), Measure.CONCURRENCY, null);
    }
}
