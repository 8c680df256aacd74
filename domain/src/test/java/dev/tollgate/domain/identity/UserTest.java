package dev.tollgate.domain.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.domain.money.Money;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UserTest {
    @Test
    void has_a_name() {
        assertThatThrownBy(() -> user(" ", Set.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void keeps_its_groups_when_the_set_it_was_made_from_changes() {
        Set<GroupId> groups = new HashSet<>(Set.of(new GroupId(1)));
        User user = user("ada", groups);
        groups.clear();
        assertThat(user.groups()).containsExactly(new GroupId(1));
    }

    @Test
    void pays_in_advance_unless_it_administers() {
        assertThat(BillingMode.of(Role.USER)).isEqualTo(BillingMode.PREPAID);
        assertThat(BillingMode.of(Role.ADMIN)).isEqualTo(BillingMode.POSTPAID);
    }

    @Test
    void has_limits_that_are_not_negative() {
        Money below = Money.ofNanos(-1);
        assertThatThrownBy(() -> new UserLimits(-1, 0, Money.ZERO, Money.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new UserLimits(0, -1, Money.ZERO, Money.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new UserLimits(0, 0, below, Money.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new UserLimits(0, 0, Money.ZERO, below)).isInstanceOf(IllegalArgumentException.class);
    }

    private static User user(String name, Set<GroupId> groups) {
        return new User(
                new UserId(7),
                name,
                null,
                Role.USER,
                true,
                BillingMode.PREPAID,
                null,
                UserLimits.NONE,
                0,
                HomeZone.of(ZoneOffset.UTC),
                groups);
    }
}
