package dev.tollgate.application.relay;

import dev.tollgate.application.apikey.KeyHolder;
import dev.tollgate.domain.apikey.ApiKey;
import dev.tollgate.domain.apikey.KeyLimits;
import dev.tollgate.domain.entitlement.Window;
import dev.tollgate.domain.entitlement.WindowCalendar;
import dev.tollgate.domain.entitlement.WindowKind;
import dev.tollgate.domain.identity.User;
import dev.tollgate.domain.identity.UserLimits;
import dev.tollgate.domain.relay.Subject;
import dev.tollgate.domain.relay.SubjectKind;
import dev.tollgate.domain.relay.SubjectWindows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The limits of a user and a key that a call meets, and the windows of both that it counts in.
 *
 * @param costs one of each window that can be limited, those without a limit included
 */
record CallLimits(List<CostLimit> costs, List<RateLimits> rates, List<SubjectWindows> windows) {

    static CallLimits of(KeyHolder holder, Instant now) {
        WindowCalendar calendar = WindowCalendar.of(holder.user().zone(now));
        Window day = calendar.window(WindowKind.DAY, now);
        Window month = calendar.window(WindowKind.MONTH, now);
        Subject user = subject(holder.user());
        Subject key = subject(holder.key());
        KeyLimits ofKey = holder.key().limits();

        List<RateLimits> rates = List.of(
                rates(holder.user(), day),
                new RateLimits(key, ofKey.rpm(), ofKey.tpm(), ofKey.maxConcurrency(), ofKey.dailyRequests(), day));
        var names = List.of(day.key(), month.key(), Window.TOTAL.key());
        List<CostLimit> costs = new ArrayList<>(costs(holder.user(), day, month));
        costs.addAll(costs(holder.key(), day, month));
        return new CallLimits(costs, rates, List.of(new SubjectWindows(user, names), new SubjectWindows(key, names)));
    }

    /** Those of a user that each of its calls meets, whatever its key. */
    static CallLimits of(User user, Instant now) {
        WindowCalendar calendar = WindowCalendar.of(user.zone(now));
        Window day = calendar.window(WindowKind.DAY, now);
        Window month = calendar.window(WindowKind.MONTH, now);
        var windows = new SubjectWindows(subject(user), List.of(day.key(), month.key(), Window.TOTAL.key()));
        return new CallLimits(costs(user, day, month), List.of(rates(user, day)), List.of(windows));
    }

    /** Those of a user, in a day and a month of its calendar. */
    static List<CostLimit> costs(User user, Window day, Window month) {
        Subject subject = subject(user);
        long version = user.limitsVersion();
        return List.of(
                CostLimit.ofSetting(subject, day, user.limits().dailyCost(), version),
                CostLimit.ofSetting(subject, month, user.limits().monthlyCost(), version));
    }

    /** Those of a key, in a day and a month of its holder's calendar. */
    static List<CostLimit> costs(ApiKey key, Window day, Window month) {
        Subject subject = subject(key);
        long version = key.limitsVersion();
        return List.of(
                CostLimit.ofSetting(subject, day, key.limits().dailyCost(), version),
                CostLimit.ofSetting(subject, month, key.limits().monthlyCost(), version),
                CostLimit.ofSetting(subject, Window.TOTAL, key.limits().totalCost(), version));
    }

    private static RateLimits rates(User user, Window day) {
        UserLimits limits = user.limits();
        return new RateLimits(subject(user), limits.rpm(), 0, limits.maxConcurrency(), 0, day);
    }

    /** Whether any is set. */
    boolean isAny() {
        return isCostLimited() || rates.stream().anyMatch(RateLimits::isAny);
    }

    /** Whether user or key may spend only so much. */
    boolean isCostLimited() {
        return costs.stream().anyMatch(cost -> !cost.isNone());
    }

    static Subject subject(User user) {
        return new Subject(SubjectKind.USER, user.id().value());
    }

    private static Subject subject(ApiKey key) {
        return new Subject(SubjectKind.KEY, key.id().value());
    }
}
