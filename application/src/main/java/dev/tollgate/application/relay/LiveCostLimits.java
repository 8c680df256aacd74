package dev.tollgate.application.relay;

import dev.tollgate.application.apikey.KeyCostLimits;
import dev.tollgate.application.apikey.KeyHolder;
import dev.tollgate.application.identity.UserCostLimits;
import dev.tollgate.domain.entitlement.WindowCalendar;
import dev.tollgate.domain.entitlement.WindowKind;
import dev.tollgate.domain.identity.User;
import java.time.Instant;
import java.time.InstantSource;

/** Limits on users' and keys' spending, made known to the live store. */
public final class LiveCostLimits implements UserCostLimits, KeyCostLimits {
    private final LiveStore liveStore;
    private final InstantSource clock;

    public LiveCostLimits(LiveStore liveStore, InstantSource clock) {
        this.liveStore = liveStore;
        this.clock = clock;
    }

    @Override
    public void push(User edited) {
        Instant now = clock.instant();
        WindowCalendar calendar = WindowCalendar.of(edited.zone(now));
        CallLimits.costs(edited, calendar.window(WindowKind.DAY, now), calendar.window(WindowKind.MONTH, now))
                .forEach(limit -> liveStore.limit(edited.id(), limit));
    }

    @Override
    public void push(KeyHolder edited) {
        Instant now = clock.instant();
        WindowCalendar calendar = WindowCalendar.of(edited.user().zone(now));
        CallLimits.costs(edited.key(), calendar.window(WindowKind.DAY, now), calendar.window(WindowKind.MONTH, now))
                .forEach(limit -> liveStore.limit(edited.user().id(), limit));
    }
}
