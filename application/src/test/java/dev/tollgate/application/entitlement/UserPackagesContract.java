package dev.tollgate.application.entitlement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.entitlement.PackageEvent.Kind;
import dev.tollgate.domain.entitlement.UserPackage;
import dev.tollgate.domain.entitlement.UserPackageEdit;
import dev.tollgate.domain.entitlement.UserPackageId;
import dev.tollgate.domain.entitlement.WindowKind;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Money;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every store of users' packages does. */
public abstract class UserPackagesContract {
    private static final UserId ANN = new UserId(11);
    private static final UserId BOB = new UserId(12);
    private static final HeldPackage FIRST = Examples.held(1, ANN, Examples.quota(5));
    private static final HeldPackage SECOND = Examples.held(2, ANN, Examples.subscription(6));

    protected abstract UserPackages userPackages();

    @Test
    void a_package_comes_back_as_it_was_assigned() {
        add(FIRST, null);
        add(SECOND, null);

        assertThat(userPackages().find(FIRST.held().id())).contains(FIRST);
        assertThat(userPackages().find(SECOND.held().id())).contains(SECOND);
    }

    @Test
    void each_user_has_the_own_packages_in_the_order_of_assignment() {
        HeldPackage bobs = Examples.held(3, BOB, Examples.quota(5));
        add(FIRST, null);
        add(bobs, null);
        add(SECOND, null);

        assertThat(userPackages().of(List.of(ANN, BOB, new UserId(13))))
                .isEqualTo(Map.of(ANN, List.of(FIRST, SECOND), BOB, List.of(bobs)));
        assertThat(userPackages().of(List.of())).isEmpty();
    }

    @Test
    void the_same_reference_assigns_once_to_a_user() {
        assertThat(add(FIRST, "order-1")).isTrue();

        assertThat(add(SECOND, "order-1")).isFalse();
        assertThat(add(Examples.held(3, BOB, Examples.quota(5)), "order-1")).isTrue();
        assertThat(add(SECOND, "Order-1")).isTrue();

        assertThat(userPackages().assigned(ANN, "order-1")).contains(FIRST);
        assertThat(userPackages().assigned(ANN, "order-2")).isEmpty();
    }

    @Test
    void an_edit_is_stored_with_its_event() {
        add(FIRST, null);
        Instant end = Examples.START.plusSeconds(3600);
        UserPackage edited =
                FIRST.held().edited(new UserPackageEdit(end, false, 4, Map.of(WindowKind.TOTAL, Money.ofNanos(7))));

        assertThat(userPackages().replace(edited, event(Kind.ENDED, null))).isTrue();

        assertThat(userPackages().find(edited.id())).contains(new HeldPackage(edited, FIRST.name()));
        assertThat(userPackages().events(edited.id()))
                .containsExactly(event(Kind.ASSIGNED, null), event(Kind.ENDED, null));
    }

    @Test
    void of_two_edits_of_one_version_the_second_is_told_so() {
        add(FIRST, null);
        UserPackage edited = FIRST.held().edited(UserPackageEdit.of(FIRST.held()));

        assertThat(userPackages().replace(edited, event(Kind.CHANGED, null))).isTrue();
        assertThat(userPackages().replace(edited, event(Kind.CHANGED, null))).isFalse();

        assertThat(userPackages().events(edited.id())).hasSize(2);
    }

    @Test
    void a_removed_package_is_nowhere_but_keeps_its_reference_and_events() {
        add(FIRST, "order-1");
        UserPackageId id = FIRST.held().id();

        assertThat(userPackages().remove(id, event(Kind.ENDED, null))).isTrue();

        assertThat(userPackages().find(id)).isEmpty();
        assertThat(userPackages().of(List.of(ANN))).isEmpty();
        assertThat(userPackages().remove(id, event(Kind.ENDED, null))).isFalse();
        assertThat(userPackages().assigned(ANN, "order-1")).contains(FIRST);
        assertThat(userPackages().events(id)).extracting(PackageEvent::kind).containsExactly(Kind.ASSIGNED, Kind.ENDED);
    }

    private boolean add(HeldPackage held, String reference) {
        return userPackages().add(held, event(Kind.ASSIGNED, reference));
    }

    private static PackageEvent event(Kind kind, String reference) {
        return new PackageEvent(kind, reference, new UserId(1), Examples.START);
    }
}
