package dev.tollgate.application.identity;

import static dev.tollgate.application.identity.Examples.named;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.application.identity.StoredUser.Login;
import dev.tollgate.domain.identity.Role;
import dev.tollgate.domain.identity.User;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Multiplier;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every store of users does. */
public abstract class UsersContract {
    private static final UserId ANN = new UserId(11);

    protected abstract Users users();

    @Test
    void a_user_comes_back_as_it_was_added() {
        assertThat(users().add(Examples.ann())).isTrue();

        assertThat(users().find(ANN)).contains(Examples.ann());
        assertThat(users().named("aNN")).contains(Examples.ann());
        assertThat(users().find(new UserId(12))).isEmpty();
        assertThat(users().named("an")).isEmpty();
    }

    @Test
    void a_name_is_given_once_whatever_its_case() {
        assertThat(users().add(Examples.ann())).isTrue();

        assertThat(users().add(named(12, "ANN", Role.USER))).isFalse();

        assertThat(users().find(new UserId(12))).isEmpty();
    }

    @Test
    void a_change_is_seen_whole() {
        add(Examples.ann());
        StoredUser changed = new StoredUser(
                named(11, "Anna", Role.ADMIN).user(),
                new Login("another", true, 6),
                Examples.START,
                Examples.START.plusSeconds(9),
                Examples.START.plusSeconds(8));

        assertThat(users().change(ANN, stored -> changed)).contains(changed);

        assertThat(users().find(ANN)).contains(changed);
        assertThat(users().named("ann")).isEmpty();
    }

    @Test
    void a_change_that_throws_or_takes_a_name_leaves_everything() {
        add(Examples.ann(), named(12, "bob", Role.USER));

        assertThatThrownBy(() -> users().change(ANN, stored -> {
                    throw new IllegalStateException("no");
                }))
                .isInstanceOf(IllegalStateException.class);
        User bob = named(11, "Bob", Role.USER).user();
        assertThatThrownBy(() -> users().change(ANN, stored -> stored.edited(bob, stored.login(), Examples.START)))
                .isInstanceOf(Users.NameTaken.class);

        assertThat(users().find(ANN)).contains(Examples.ann());
    }

    @Test
    void lists_those_that_exist_newest_first_in_pages() {
        add(named(1, "one", Role.USER), named(2, "two", Role.USER), named(3, "three", Role.USER));
        assertThat(users().change(new UserId(2), stored -> stored.deleted(true, Examples.START)))
                .isPresent();

        assertThat(users().list(new PageQuery(1, 1, null, null, false)))
                .isEqualTo(new Page<>(List.of(named(3, "three", Role.USER)), 2));
        assertThat(users().list(new PageQuery(2, 1, null, null, false)))
                .isEqualTo(new Page<>(List.of(named(1, "one", Role.USER)), 2));
        assertThat(users().list(new PageQuery(3, 1, null, null, false)).items()).isEmpty();
    }

    @Test
    void orders_by_a_field_in_either_direction() {
        add(named(1, "b", Role.USER), named(2, "C", Role.USER), named(3, "a", Role.USER));

        assertThat(names(new PageQuery(1, 9, null, "username", false))).containsExactly("a", "b", "C");
        assertThat(names(new PageQuery(1, 9, null, "username", true))).containsExactly("C", "b", "a");
    }

    @Test
    void searches_names_and_addresses_literally() {
        add(Examples.ann(), named(1, "per_cent", Role.USER), named(2, "percent", Role.USER));

        assertThat(names(new PageQuery(1, 9, "R_C", null, false))).containsExactly("per_cent");
        assertThat(names(new PageQuery(1, 9, "EXAMPLE.org", null, false))).containsExactly("Ann");
        assertThat(names(new PageQuery(1, 9, "%", null, false))).isEmpty();
        assertThat(names(new PageQuery(1, 9, "!", null, false))).isEmpty();
        assertThat(names(new PageQuery(1, 9, "\\", null, false))).isEmpty();
    }

    @Test
    void multiplies_the_prices_of_some_or_of_all() {
        add(named(1, "one", Role.USER), named(2, "two", Role.USER));

        assertThat(users().multiply(Set.of(new UserId(2), new UserId(77)), Multiplier.of("2")))
                .isEqualTo(1);
        assertThat(multiplier(1)).isNull();
        assertThat(multiplier(2)).isEqualTo(Multiplier.of("2"));

        assertThat(users().multiply(null, null)).isEqualTo(2);
        assertThat(multiplier(2)).isNull();
    }

    @Test
    void counts_admins_who_can_act() {
        add(named(1, "one", Role.ADMIN), named(2, "two", Role.ADMIN), named(3, "three", Role.USER));
        assertThat(users().activeAdmins()).isEqualTo(2);

        assertThat(users().change(new UserId(2), stored -> stored.deleted(true, Examples.START)))
                .isPresent();

        assertThat(users().activeAdmins()).isEqualTo(1);
    }

    @Test
    void finds_several_at_once() {
        add(named(1, "one", Role.USER), named(2, "two", Role.USER));

        assertThat(users().all(List.of(new UserId(2), new UserId(9)))).containsExactly(named(2, "two", Role.USER));
        assertThat(users().all(List.of())).isEmpty();
    }

    private void add(StoredUser... several) {
        for (StoredUser user : several) {
            assertThat(users().add(user)).isTrue();
        }
    }

    private List<String> names(PageQuery query) {
        return users().list(query).items().stream()
                .map(user -> user.user().username())
                .toList();
    }

    private Multiplier multiplier(long id) {
        return users().find(new UserId(id)).orElseThrow().user().multiplier();
    }
}
