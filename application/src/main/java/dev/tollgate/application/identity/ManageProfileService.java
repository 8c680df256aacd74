package dev.tollgate.application.identity;

import dev.tollgate.domain.identity.User;
import dev.tollgate.domain.identity.UserId;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Lets users change what is their own. */
public final class ManageProfileService implements ManageProfile {
    private final Users users;
    private final RefreshTokens refreshTokens;
    private final PasswordHashes passwords;
    private final InstantSource clock;

    public ManageProfileService(
            Users users, RefreshTokens refreshTokens, PasswordHashes passwords, InstantSource clock) {
        this.users = users;
        this.refreshTokens = refreshTokens;
        this.passwords = passwords;
        this.clock = clock;
    }

    @Override
    public Optional<StoredUser> find(UserId id) {
        return users.find(id);
    }

    @Override
    public Optional<StoredUser> change(UserId id, UnaryOperator<Profile> change) {
        return users.change(id, stored -> {
            User edited = with(stored.user(), change.apply(Profile.of(stored.user())));
            return stored.edited(edited, stored.login(), clock.instant());
        });
    }

    @Override
    public boolean changePassword(UserId id, String present, String next) {
        Optional<StoredUser> user = users.find(id);
        if (user.isEmpty() || !passwords.matches(present, user.get().login().passwordHash())) {
            return false;
        }
        String hash = passwords.hash(next);
        Optional<StoredUser> changed = users.change(
                id, stored -> stored.edited(stored.user(), stored.login().withPassword(hash, false), clock.instant()));
        changed.ifPresent(stored -> refreshTokens.endAll(stored.id()));
        return changed.isPresent();
    }

    private static User with(User user, Profile profile) {
        UserTerms terms = UserTerms.of(user);
        return new UserTerms(
                        terms.username(),
                        profile.email(),
                        terms.role(),
                        terms.active(),
                        terms.billingMode(),
                        terms.multiplier(),
                        terms.limits(),
                        profile.home(),
                        terms.groups())
                .user(user.id());
    }
}
