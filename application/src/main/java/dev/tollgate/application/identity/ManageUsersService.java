package dev.tollgate.application.identity;

import dev.tollgate.application.identity.StoredUser.Login;
import dev.tollgate.domain.identity.Role;
import dev.tollgate.domain.identity.User;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Multiplier;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Keeps the list of users. */
public final class ManageUsersService implements ManageUsers {
    private final Users users;
    private final RefreshTokens refreshTokens;
    private final PasswordHashes passwords;
    private final UserCostLimits costLimits;
    private final Ids ids;
    private final InstantSource clock;

    public ManageUsersService(
            Users users,
            RefreshTokens refreshTokens,
            PasswordHashes passwords,
            UserCostLimits costLimits,
            Ids ids,
            InstantSource clock) {
        this.users = users;
        this.refreshTokens = refreshTokens;
        this.passwords = passwords;
        this.costLimits = costLimits;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public Page<StoredUser> list(PageQuery query) {
        return users.list(query);
    }

    @Override
    public Optional<StoredUser> find(UserId id) {
        return users.find(id);
    }

    @Override
    public Outcome create(UserTerms terms, String password) {
        Instant now = clock.instant();
        User user = terms.user(new UserId(ids.next()));
        StoredUser stored = new StoredUser(user, new Login(passwords.hash(password), false, 0), now, now, null);
        return users.add(stored) ? new Outcome.Done(stored) : new Outcome.NameTaken();
    }

    @Override
    public Outcome change(UserId id, UnaryOperator<UserTerms> change, @Nullable String password) {
        String hash = password == null ? null : passwords.hash(password);
        return edit(id, user -> {
            if (user.isDeleted()) {
                throw new Refused(new Outcome.NoSuchUser());
            }
            User edited = change.apply(UserTerms.of(user.user())).edited(user.user());
            return user.edited(edited, loginAfter(user, edited, hash), clock.instant());
        });
    }

    @Override
    public Outcome remove(UserId id) {
        return edit(id, user -> {
            if (user.isDeleted()) {
                throw new Refused(new Outcome.NoSuchUser());
            }
            return user.deleted(true, clock.instant());
        });
    }

    @Override
    public Outcome restore(UserId id) {
        return edit(id, user -> user.isDeleted() ? user.deleted(false, clock.instant()) : user);
    }

    @Override
    public int multiplyPrices(@Nullable Set<UserId> userIds, @Nullable Multiplier multiplier) {
        return users.multiply(userIds, multiplier);
    }

    private Outcome edit(UserId id, UnaryOperator<StoredUser> change) {
        StoredUser[] before = new StoredUser[1];
        try {
            Optional<StoredUser> edited = users.change(id, user -> {
                before[0] = user;
                StoredUser after = change.apply(user);
                keepAnAdmin(user, after);
                return after;
            });
            edited.ifPresent(after -> makeKnown(before[0], after));
            return edited.<Outcome>map(Outcome.Done::new).orElseGet(Outcome.NoSuchUser::new);
        } catch (Users.NameTaken taken) {
            return new Outcome.NameTaken();
        } catch (Refused refused) {
            return refused.outcome;
        }
    }

    private void makeKnown(StoredUser before, StoredUser after) {
        if (after.login().epoch() != before.login().epoch()) {
            refreshTokens.endAll(after.id());
        }
        if (after.user().limitsVersion() != before.user().limitsVersion()) {
            costLimits.push(after.user());
        }
    }

    private void keepAnAdmin(StoredUser before, StoredUser after) {
        boolean stopsBeingOne = isActiveAdmin(before) && !isActiveAdmin(after);
        if (stopsBeingOne && users.activeAdmins() == 1) {
            throw new Refused(new Outcome.LastAdmin());
        }
    }

    private static boolean isActiveAdmin(StoredUser user) {
        return user.isActive() && user.user().role() == Role.ADMIN;
    }

    private static Login loginAfter(StoredUser before, User edited, @Nullable String passwordHash) {
        if (passwordHash != null) {
            return before.login().withPassword(passwordHash, false);
        }
        boolean sameRights = edited.role() == before.user().role()
                && edited.active() == before.user().active();
        return sameRights ? before.login() : before.login().ended();
    }

    /** Undoes an edit from inside it. */
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient Outcome outcome;

        Refused(Outcome outcome) {
            super(null, null, false, false);
            this.outcome = outcome;
        }
    }
}
