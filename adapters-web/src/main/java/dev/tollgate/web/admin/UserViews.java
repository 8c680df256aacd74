package dev.tollgate.web.admin;

import dev.tollgate.application.identity.StoredUser;
import dev.tollgate.application.identity.UserFigures;
import dev.tollgate.application.identity.UserFigures.Figures;
import dev.tollgate.application.relay.TellKeyUsage.KeyLimit;
import dev.tollgate.application.relay.TellUserLimits;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.web.admin.entitlement.LimitView;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Puts together what is shown of users: how they are kept, what they have and how their limits stand. */
@Singleton
public final class UserViews {
    private final UserFigures figures;
    private final TellUserLimits limits;

    public UserViews(UserFigures figures, TellUserLimits limits) {
        this.figures = figures;
        this.limits = limits;
    }

    public UserView of(StoredUser shown) {
        return of(List.of(shown)).apply(shown);
    }

    /** The view of each of these, all asked for at once. */
    public Function<StoredUser, UserView> of(List<StoredUser> shown) {
        Map<UserId, Figures> had = figures.of(shown.stream().map(StoredUser::id).toList());
        Map<UserId, List<KeyLimit>> met =
                limits.of(shown.stream().map(StoredUser::user).toList());
        return user -> UserView.of(
                user,
                had.getOrDefault(user.id(), Figures.NONE),
                met.getOrDefault(user.id(), List.of()).stream()
                        .map(LimitView::from)
                        .toList());
    }
}
