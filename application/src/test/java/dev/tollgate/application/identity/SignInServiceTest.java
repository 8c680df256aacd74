package dev.tollgate.application.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.application.identity.SignIn.Outcome;
import dev.tollgate.application.identity.StoredUser.Login;
import dev.tollgate.domain.identity.Role;
import dev.tollgate.domain.identity.User;
import dev.tollgate.domain.identity.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SignInServiceTest {
    private static final UserId BOB = new UserId(12);
    private static final String HOME = "192.0.2.1";
    private static final Outcome REFUSED = new Outcome.Refused();

    private final AtomicReference<Instant> now = new AtomicReference<>(Examples.START);
    private final InMemoryChanges changes = new InMemoryChanges();
    private final InMemoryUsers users = new InMemoryUsers(changes);
    private final RefreshTokens refreshTokens = new InMemoryRefreshTokens();
    private final PlainPasswords passwords = new PlainPasswords();
    private final Ids ids = new TimeOrderedIds(now::get, bound -> 0);
    private final AccessTokens tokens = new NumberedTokens();
    private final SignIn signIn =
            new SignInService(users, refreshTokens, tokens, passwords, SignInTerms.USUAL, ids, now::get);
    private final CheckAccess access = new CheckAccessService(tokens, users, changes, now::get);
    private final ManageUsers manage =
            new ManageUsersService(users, refreshTokens, passwords, user -> {}, ids, now::get);

    @BeforeEach
    void bob_exists() {
        User bob = Examples.named(12, "bob", Role.USER).user();
        assertThat(users.add(new StoredUser(
                        bob, new Login(passwords.hash("right password"), false, 0), now.get(), now.get(), null)))
                .isTrue();
    }

    @Test
    void the_right_password_opens_and_everything_else_is_refused_alike() {
        assertThat(signIn.signIn("BOB", "right password", HOME)).isInstanceOf(Outcome.SignedIn.class);
        assertThat(signIn.signIn("bob", "wrong password", HOME)).isEqualTo(REFUSED);
        assertThat(signIn.signIn("nobody", "right password", HOME)).isEqualTo(REFUSED);
    }

    @Test
    void an_unknown_name_costs_a_comparison_too() {
        assertThat(signIn.signIn("nobody", "right password", HOME)).isEqualTo(REFUSED);

        assertThat(passwords.compared()).isEqualTo(1);
    }

    @Test
    void an_outage_locks_nobody_out() {
        users.setAway(true);
        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> signIn.signIn("bob", "right password", HOME))
                    .isInstanceOf(StoreUnavailable.class);
        }
        users.setAway(false);
        assertThat(signIn.signIn("bob", "right password", HOME)).isInstanceOf(Outcome.SignedIn.class);
    }

    @Test
    void the_eleventh_try_within_a_quarter_of_an_hour_waits() {
        for (int i = 0; i < 10; i++) {
            assertThat(signIn.signIn("bob", "wrong", HOME)).isEqualTo(REFUSED);
        }

        assertThat(signIn.signIn("Bob", "right password", HOME)).isEqualTo(new Outcome.TooMany(Duration.ofMinutes(15)));
        assertThat(signIn.signIn("bob", "right password", "192.0.2.2")).isInstanceOf(Outcome.SignedIn.class);
        now.set(now.get().plus(Duration.ofMinutes(15)));
        assertThat(signIn.signIn("bob", "right password", HOME)).isInstanceOf(Outcome.SignedIn.class);
    }

    @Test
    void a_refresh_token_used_twice_ends_everything() {
        Outcome.SignedIn first = signedIn();
        Outcome.SignedIn second = (Outcome.SignedIn) signIn.refresh(first.refreshToken());

        assertThat(signIn.refresh(first.refreshToken())).isEqualTo(REFUSED);

        assertThat(signIn.refresh(second.refreshToken())).isEqualTo(REFUSED);
        assertThat(access.userOf(second.accessToken())).isEmpty();
    }

    @Test
    void an_access_token_holds_until_it_expires() {
        Outcome.SignedIn signedIn = signedIn();
        assertThat(access.userOf(signedIn.accessToken())).map(User::id).contains(BOB);

        now.set(now.get().plus(signedIn.expiresIn()));

        assertThat(access.userOf(signedIn.accessToken())).isEmpty();
    }

    @Test
    void signing_out_ends_both_tokens() {
        Outcome.SignedIn signedIn = signedIn();

        signIn.signOut(BOB);

        assertHeldNoMore(signedIn);
    }

    @Test
    void a_change_of_password_role_or_status_or_a_deletion_ends_both_tokens() {
        Outcome.SignedIn beforePassword = signedIn();
        assertDone(manage.change(BOB, terms -> terms, "another password"));
        assertHeldNoMore(beforePassword);

        assertDone(manage.change(BOB, terms -> terms, "right password"));
        Outcome.SignedIn beforeRole = signedIn();
        assertDone(manage.change(BOB, terms -> with(terms, Role.ADMIN, true), null));
        assertHeldNoMore(beforeRole);

        Outcome.SignedIn beforeStatus = signedIn();
        assertThat(users.add(Examples.named(1, "root", Role.ADMIN))).isTrue();
        assertDone(manage.change(BOB, terms -> with(terms, Role.ADMIN, false), null));
        assertHeldNoMore(beforeStatus);
        assertThat(signIn.signIn("bob", "right password", HOME)).isEqualTo(REFUSED);

        assertDone(manage.change(BOB, terms -> with(terms, Role.ADMIN, true), null));
        Outcome.SignedIn beforeDeletion = signedIn();
        assertDone(manage.remove(BOB));
        assertHeldNoMore(beforeDeletion);
    }

    @Test
    void an_edit_that_takes_nothing_away_leaves_the_tokens() {
        Outcome.SignedIn signedIn = signedIn();

        assertDone(manage.change(BOB, terms -> terms, null));

        assertThat(access.userOf(signedIn.accessToken())).isPresent();
    }

    private Outcome.SignedIn signedIn() {
        return (Outcome.SignedIn) signIn.signIn("bob", "right password", HOME);
    }

    private void assertHeldNoMore(Outcome.SignedIn signedIn) {
        assertThat(access.userOf(signedIn.accessToken())).isEmpty();
        assertThat(signIn.refresh(signedIn.refreshToken())).isEqualTo(REFUSED);
    }

    private static void assertDone(ManageUsers.Outcome outcome) {
        assertThat(outcome).isInstanceOf(ManageUsers.Outcome.Done.class);
    }

    private static UserTerms with(UserTerms terms, Role role, boolean active) {
        return new UserTerms(
                terms.username(),
                terms.email(),
                role,
                active,
                terms.billingMode(),
                terms.multiplier(),
                terms.limits(),
                terms.home(),
                terms.groups());
    }
}
