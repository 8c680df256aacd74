package dev.tollgate.application.identity;

import dev.tollgate.application.identity.StoredUser.Login;
import dev.tollgate.domain.identity.BillingMode;
import dev.tollgate.domain.identity.HomeZone;
import dev.tollgate.domain.identity.Role;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.identity.UserLimits;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes the user {@code admin} at the first start, so that there is somebody who can sign in. */
public final class FirstAdmin {
    public static final String USERNAME = "admin";

    private static final int PASSWORD_BYTES = 15;

    private final Users users;
    private final PasswordHashes passwords;
    private final Ids ids;
    private final InstantSource clock;
    private final ZoneId zone;

    /** @param zone the new user's */
    public FirstAdmin(Users users, PasswordHashes passwords, Ids ids, InstantSource clock, ZoneId zone) {
        this.users = users;
        this.passwords = passwords;
        this.ids = ids;
        this.clock = clock;
        this.zone = zone;
    }

    /**
     * Makes the admin if there is none. A password that was given is never told again and need not be changed.
     *
     * @param given the operator's choice; null to have one generated
     * @return the generated password, to be shown once; empty if none was generated
     */
    public Optional<String> createIfNone(@Nullable String given) {
        if (users.activeAdmins() > 0) {
            return Optional.empty();
        }
        String password = given == null ? generated() : given;
        Login login = new Login(passwords.hash(password), given == null, 0);
        boolean added = users.add(admin(login)) || revived(login);
        return added && given == null ? Optional.of(password) : Optional.empty();
    }

    private StoredUser admin(Login login) {
        Instant now = clock.instant();
        return new StoredUser(terms().user(new UserId(ids.next())), login, now, now, null);
    }

    private UserTerms terms() {
        return new UserTerms(
                USERNAME,
                null,
                Role.ADMIN,
                true,
                BillingMode.POSTPAID,
                null,
                UserLimits.NONE,
                HomeZone.of(zone),
                Set.of());
    }

    /**
     * A user of that name who was disabled, demoted or deleted becomes the admin again. The admin whom another node made
     * meanwhile stays as it is, for that node told its password.
     */
    private boolean revived(Login login) {
        return users.named(USERNAME)
                .flatMap(found -> users.change(found.id(), stored -> isAdmin(stored) ? stored : revived(stored, login)))
                .filter(admin -> admin.login().passwordHash().equals(login.passwordHash()))
                .isPresent();
    }

    private static boolean isAdmin(StoredUser stored) {
        return stored.isActive() && stored.user().role() == Role.ADMIN;
    }

    private StoredUser revived(StoredUser stored, Login login) {
        return new StoredUser(
                terms().user(stored.id()),
                stored.login().withPassword(login.passwordHash(), login.mustChangePassword()),
                stored.createdAt(),
                clock.instant(),
                null);
    }

    private static String generated() {
        byte[] bytes = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
