package dev.tollgate.application.relay;

import dev.tollgate.application.apikey.KeyHolder;
import dev.tollgate.domain.apikey.KeyLimits;
import dev.tollgate.domain.entitlement.Window;
import dev.tollgate.domain.entitlement.WindowCalendar;
import dev.tollgate.domain.entitlement.WindowKind;
import dev.tollgate.domain.identity.UserLimits;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.Subject;
import dev.tollgate.domain.relay.SubjectKind;
import dev.tollgate.domain.relay.SubjectWindows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The limits of a user and a key that a call meets, and the windows of both that it counts in. */
record CallLimits(List<CostLimit> costs, List<RateLimits> rates, List<SubjectWindows> windows) {

    static CallLimits of(KeyHolder holder, Instant now) {
        WindowCalendar calendar = WindowCalendar.of(holder.user().zone(now));
        Window day = calendar.window(WindowKind.DAY, now);
        Window month = calendar.window(WindowKind.MONTH, now);
        Subject user = new Subject(SubjectKind.USER, holder.user().id().value());
        Subject key = new Subject(SubjectKind.KEY, holder.key().id().value());
        UserLimits ofUser = holder.user().limits();
        KeyLimits ofKey = holder.key().limits();

        List<CostLimit> costs = new ArrayList<>();
        addCost(costs, user, day, ofUser.dailyCost());
        addCost(costs, user, month, ofUser.monthlyCost());
        addCost(costs, key, day, ofKey.dailyCost());
        addCost(costs, key, month, ofKey.monthlyCost());
        addCost(costs, key, Window.TOTAL, ofKey.totalCost());

        List<RateLimits> rates = List.of(
                new RateLimits(user, ofUser.rpm(), 0, ofUser.maxConcurrency(), 0, day),
                new RateLimits(key, ofKey.rpm(), ofKey.tpm(), ofKey.maxConcurrency(), ofKey.dailyRequests(), day));
        var names = List.of(day.key(), month.key(), Window.TOTAL.key());
        return new CallLimits(costs, rates, List.of(new SubjectWindows(user, names), new SubjectWindows(key, names)));
    }

    private static void addCost(List<CostLimit> costs, Subject subject, Window window, Money limit) {
        if (limit.isPositive()) {
            costs.add(new CostLimit(subject, window, limit, 0));
        }
    }
}
