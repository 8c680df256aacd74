package dev.tollgate.application.relay;

import dev.tollgate.application.identity.StoreUnavailable;
import dev.tollgate.application.relay.TellKeyUsage.KeyLimit;
import dev.tollgate.application.usage.SubjectUsage;
import dev.tollgate.domain.entitlement.Spent;
import dev.tollgate.domain.entitlement.WindowKey;
import dev.tollgate.domain.identity.User;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.relay.Subject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tells by the live store, asked once for all of them; while that is away, by the records, which have no counts. */
public final class TellUserLimitsService implements TellUserLimits {
    private final LiveStore liveStore;
    private final SubjectUsage recorded;
    private final InstantSource clock;

    public TellUserLimitsService(LiveStore liveStore, SubjectUsage recorded, InstantSource clock) {
        this.liveStore = liveStore;
        this.recorded = recorded;
        this.clock = clock;
    }

    @Override
    public Map<UserId, List<KeyLimit>> of(Collection<User> users) {
        Instant now = clock.instant();
        Map<UserId, CallLimits> limited = new HashMap<>();
        Map<Subject, UserId> subjects = new LinkedHashMap<>();
        for (User user : users) {
            CallLimits limits = CallLimits.of(user, now);
            if (limits.isAny()) {
                limited.put(user.id(), limits);
                subjects.put(CallLimits.subject(user), user.id());
            }
        }
        ToldLimits told = told(subjects);
        Map<UserId, List<KeyLimit>> byUser = new HashMap<>();
        limited.forEach((user, limits) -> byUser.put(user, told.of(limits)));
        return byUser;
    }

    private ToldLimits told(Map<Subject, UserId> subjects) {
        if (subjects.isEmpty()) {
            return new ToldLimits(Map.of(), Map.of());
        }
        Map<Subject, Map<WindowKey, Spent>> spent = new HashMap<>();
        Map<Subject, Pace> paces = new HashMap<>();
        try {
            liveStore.counted(subjects).forEach((subject, counted) -> {
                spent.put(subject, counted.spent());
                paces.put(subject, counted.pace());
            });
            return new ToldLimits(spent, paces);
        } catch (StoreUnavailable away) {
            return new ToldLimits(recorded.used(subjects.keySet()), Map.of());
        }
    }
}
