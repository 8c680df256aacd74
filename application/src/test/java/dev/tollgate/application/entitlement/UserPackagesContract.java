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

        assertThat(userPackages().find(edited.id())).contains(FIRST.with(edited));
        assertThat(events(edited.id(), null, 9)).containsExactly(event(Kind.ENDED, null), event(Kind.ASSIGNED, null));
    }

    @Test
    void of_two_edits_of_one_version_the_second_is_told_so() {
        add(FIRST, null);
        UserPackage edited = FIRST.held().edited(UserPackageEdit.of(FIRST.held()));

        assertThat(userPackages().replace(edited, event(Kind.CHANGED, null))).isTrue();
        assertThat(userPackages().replace(edited, event(Kind.CHANGED, null))).isFalse();

        assertThat(events(edited.id(), null, 9)).hasSize(2);
    }

    @Test
    void a_removed_package_is_nowhere_but_keeps_its_reference_and_events() {
        add(FIRST, "order-1");
        UserPackageId id = FIRST.held().id();

        UserPackage ended = userPackages().remove(id, event(Kind.ENDED, null)).orElseThrow();
        assertThat(ended.enabled()).isFalse();
        assertThat(ended.version()).isEqualTo(FIRST.held().version() + 1);

        assertThat(userPackages().find(id)).isEmpty();
        assertThat(userPackages().of(List.of(ANN))).isEmpty();
        assertThat(userPackages().remove(id, event(Kind.ENDED, null))).isEmpty();
        assertThat(userPackages().assigned(ANN, "order-1")).contains(FIRST.with(ended));
        assertThat(events(id, null, 9)).extracting(PackageEvent::kind).containsExactly(Kind.ENDED, Kind.ASSIGNED);
    }

    @Test
    void an_edit_under_a_reference_that_was_used_is_not_stored() {
        add(FIRST, "order-1");
        add(SECOND, null);
        UserPackage edited = SECOND.held().edited(UserPackageEdit.renewed(SECOND.held(), 30));

        assertThat(userPackages().replace(edited, event(Kind.RENEWED, "order-1")))
                .isFalse();
        assertThat(userPackages().replace(edited, event(Kind.RENEWED, "order-2")))
                .isTrue();

        assertThat(userPackages().find(edited.id())).contains(SECOND.with(edited));
        assertThat(userPackages().assigned(ANN, "order-2")).contains(SECOND.with(edited));
        assertThat(events(edited.id(), null, 9)).hasSize(2);
    }

    @Test
    void events_are_listed_newest_first_in_stretches() {
        add(FIRST, null);
        UserPackage edited = FIRST.held();
        for (int i = 0; i < 3; i++) {
            edited = edited.edited(UserPackageEdit.of(edited));
            assertThat(userPackages().replace(edited, event(Kind.CHANGED, "edit-" + i)))
                    .isTrue();
        }

        List<UserPackages.Numbered> first = userPackages().events(edited.id(), null, 2);

        assertThat(first).extracting(numbered -> numbered.event().reference()).containsExactly("edit-2", "edit-1");
        assertThat(events(edited.id(), first.getLast().number(), 9))
                .extracting(PackageEvent::reference)
                .containsExactly("edit-0", null);
        assertThat(userPackages().events(SECOND.held().id(), null, 9)).isEmpty();
    }

    private List<PackageEvent> events(UserPackageId id, Long before, int limit) {
        return userPackages().events(id, before, limit).stream()
                .map(UserPackages.Numbered::event)
                .toList();
    }

    private boolean add(HeldPackage held, String reference) {
        return userPackages().add(held, event(Kind.ASSIGNED, reference));
    }

    private static PackageEvent event(Kind kind, String reference) {
        return new PackageEvent(kind, reference, new UserId(1), Examples.START);
    }
}
