package dev.tollgate.application.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.identity.ManageUsers.Outcome;
import dev.tollgate.domain.identity.Role;
import dev.tollgate.domain.identity.User;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.identity.UserLimits;
import dev.tollgate.domain.money.Money;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

class ManageUsersServiceTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Examples.START);
    private static final UserTerms ANN = UserTerms.of(Examples.ann().user());

    private final Users users = new InMemoryUsers(new InMemoryChanges());
    private final Ids ids = new TimeOrderedIds(CLOCK, bound -> 0);
    private final PasswordHashes passwords = new PlainPasswords();
    private final List<User> pushed = new ArrayList<>();
    private final ManageUsers manage =
            new ManageUsersService(users, new InMemoryRefreshTokens(), passwords, pushed::add, ids, CLOCK);
    private final FirstAdmin firstAdmin = new FirstAdmin(users, passwords, ids, CLOCK, ZoneId.of("UTC"));

    @Test
    void a_new_user_is_as_asked_and_its_password_is_only_a_hash() {
        Outcome.Done created = (Outcome.Done) manage.create(ANN, "long password");

        assertThat(created.user().user()).isEqualTo(ANN.user(created.user().id()));
        assertThat(created.user().login().passwordHash()).isEqualTo(passwords.hash("long password"));
        assertThat(created.toString()).doesNotContain(passwords.hash("long password"));
        assertThat(manage.create(ANN, "long password")).isEqualTo(new Outcome.NameTaken());
    }

    @Test
    void a_deleted_user_is_not_listed_or_edited_but_can_be_restored() {
        UserId id = ((Outcome.Done) manage.create(ANN, "long password")).user().id();

        assertThat(manage.remove(id)).isInstanceOf(Outcome.Done.class);

        assertThat(manage.list(PageQuery.FIRST).total()).isZero();
        assertThat(manage.change(id, terms -> terms, null)).isEqualTo(new Outcome.NoSuchUser());
        assertThat(manage.remove(id)).isEqualTo(new Outcome.NoSuchUser());
        assertThat(manage.create(ANN, "long password")).isEqualTo(new Outcome.NameTaken());
        assertThat(manage.restore(id)).isInstanceOf(Outcome.Done.class);
        assertThat(manage.list(PageQuery.FIRST).total()).isEqualTo(1);
    }

    @Test
    void other_limits_are_made_known_at_once_and_are_newer_than_those_before() {
        UserId id = ((Outcome.Done) manage.create(ANN, "long password")).user().id();
        manage.change(id, terms -> terms, null);
        assertThat(pushed).isEmpty();

        manage.change(id, terms -> limited(terms, Money.ofNanos(5)), null);
        manage.change(id, terms -> limited(terms, Money.ZERO), null);

        assertThat(pushed)
                .extracting(User::limitsVersion, user -> user.limits().dailyCost())
                .containsExactly(Tuple.tuple(1L, Money.ofNanos(5)), Tuple.tuple(2L, Money.ZERO));
        assertThat(manage.find(id).orElseThrow().user()).isEqualTo(pushed.getLast());
    }

    private static UserTerms limited(UserTerms terms, Money dailyCost) {
        return new UserTerms(
                terms.username(),
                terms.email(),
                terms.role(),
                terms.active(),
                terms.billingMode(),
                terms.multiplier(),
                new UserLimits(0, 0, dailyCost, Money.ZERO),
                terms.home(),
                terms.groups());
    }

    @Test
    void the_last_admin_stays() {
        assertThat(users.add(Examples.named(1, "root", Role.ADMIN))).isTrue();

        assertThat(manage.remove(new UserId(1))).isEqualTo(new Outcome.LastAdmin());

        assertThat(users.add(Examples.named(2, "second", Role.ADMIN))).isTrue();
        assertThat(manage.remove(new UserId(1))).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void the_first_admin_is_made_once_with_a_password_that_must_change() {
        String generated = firstAdmin.createIfNone(null).orElseThrow();

        StoredUser admin = users.named("admin").orElseThrow();
        assertThat(passwords.matches(generated, admin.login().passwordHash())).isTrue();
        assertThat(generated.length()).isGreaterThanOrEqualTo(16);
        assertThat(admin.login().mustChangePassword()).isTrue();
        assertThat(admin.user().role()).isEqualTo(Role.ADMIN);
        assertThat(firstAdmin.createIfNone(null)).isEmpty();
    }

    @Test
    void a_password_that_was_given_is_not_told_again() {
        assertThat(firstAdmin.createIfNone("given password")).isEmpty();

        StoredUser admin = users.named("admin").orElseThrow();
        assertThat(passwords.matches("given password", admin.login().passwordHash()))
                .isTrue();
        assertThat(admin.login().mustChangePassword()).isFalse();
    }

    @Test
    void an_admin_who_was_disabled_by_hand_comes_back_when_there_is_no_other() {
        assertThat(users.add(Examples.named(1, "Admin", Role.USER))).isTrue();

        assertThat(firstAdmin.createIfNone(null)).isPresent();

        assertThat(users.find(new UserId(1)).orElseThrow().user().role()).isEqualTo(Role.ADMIN);
    }

    @Test
    void of_two_nodes_that_start_at_once_the_one_that_made_the_admin_tells_its_password() {
        assertThatTheFasterOfTwoTellsThePassword();
    }

    @Test
    void of_two_nodes_that_bring_the_admin_back_at_once_one_tells_its_password() {
        assertThat(users.add(Examples.named(1, "admin", Role.USER))).isTrue();

        assertThatTheFasterOfTwoTellsThePassword();
    }

    private void assertThatTheFasterOfTwoTellsThePassword() {
        List<String> told = new ArrayList<>();
        PasswordHashes overtaken = new PasswordHashes() {
            @Override
            public String hash(String password) {
                told.add(firstAdmin.createIfNone(null).orElseThrow());
                return passwords.hash(password);
            }

            @Override
            public boolean matches(String password, String hash) {
                return passwords.matches(password, hash);
            }
        };

        assertThat(new FirstAdmin(users, overtaken, ids, CLOCK, ZoneId.of("UTC")).createIfNone(null))
                .isEmpty();

        StoredUser admin = users.named("admin").orElseThrow();
        assertThat(told)
                .singleElement()
                .satisfies(password -> assertThat(
                                passwords.matches(password, admin.login().passwordHash()))
                        .isTrue());
    }
}
