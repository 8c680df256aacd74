package dev.tollgate.application.relay;

import dev.tollgate.application.relay.LimitName.Measure;
import dev.tollgate.application.relay.TellKeyUsage.KeyLimit;
import dev.tollgate.application.relay.TellKeyUsage.Used;
import dev.tollgate.domain.entitlement.Spent;
import dev.tollgate.domain.entitlement.Window;
import dev.tollgate.domain.entitlement.WindowKey;
import dev.tollgate.domain.entitlement.WindowKind;
import dev.tollgate.domain.relay.Subject;
import dev.tollgate.domain.relay.SubjectKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The limits a key's calls meet, with what is gone of each. */
final class ToldLimits {
    private ToldLimits() {}

    static List<KeyLimit> of(CallLimits limits, Map<Subject, Map<WindowKey, Spent>> spent, Used today) {
        List<KeyLimit> told = new ArrayList<>();
        for (CostLimit cost : limits.costs()) {
            Window window = cost.window();
            LimitName name = new LimitName(cost.subject().kind(), Measure.COST, window.kind());
            Spent gone = spent.getOrDefault(cost.subject(), Map.of()).getOrDefault(window.key(), Spent.NOTHING);
            told.add(new KeyLimit.OfMoney(name, cost.limit(), gone, window.end()));
        }
        for (RateLimits rates : limits.rates()) {
            SubjectKind whose = rates.subject().kind();
            if (rates.dailyRequests() > 0) {
                LimitName name = new LimitName(whose, Measure.REQUESTS, WindowKind.DAY);
                told.add(new KeyLimit.OfCount(
                        name,
                        rates.dailyRequests(),
                        today.requests(),
                        rates.day().end()));
            }
            addCount(told, new LimitName(whose, Measure.REQUESTS_PER_MINUTE, null), rates.rpm());
            addCount(told, new LimitName(whose, Measure.TOKENS_PER_MINUTE, null), rates.tpm());
            addCount(told, new LimitName(whose, Measure.CONCURRENCY, null), rates.concurrency());
        }
        return told;
    }

    private static void addCount(List<KeyLimit> told, LimitName name, long limit) {
        if (limit > 0) {
            told.add(new KeyLimit.OfCount(name, limit, null, null));
        }
    }
}
