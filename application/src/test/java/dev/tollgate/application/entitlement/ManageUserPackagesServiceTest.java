package dev.tollgate.application.entitlement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.entitlement.ManageUserPackages.Assigned;
import dev.tollgate.application.entitlement.ManageUserPackages.Assignment;
import dev.tollgate.application.entitlement.ManageUserPackages.Renewed;
import dev.tollgate.domain.entitlement.PackageId;
import dev.tollgate.domain.entitlement.PackageOffer;
import dev.tollgate.domain.entitlement.Spent;
import dev.tollgate.domain.entitlement.UserPackage;
import dev.tollgate.domain.entitlement.UserPackageEdit;
import dev.tollgate.domain.entitlement.UserPackageId;
import dev.tollgate.domain.entitlement.WindowKey;
import dev.tollgate.domain.entitlement.WindowKind;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Money;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ManageUserPackagesServiceTest {
    private static final UserId ANN = new UserId(11);
    private static final Instant NOW = Examples.START;

    private final AtomicLong ids = new AtomicLong();
    private final InMemoryPackages offers = new InMemoryPackages();
    private final InMemoryUserPackages store = new InMemoryUserPackages();
    private final InMemoryBalances balances = new InMemoryBalances();
    private final ManageUserPackages userPackages = new ManageUserPackagesService(
            store, offers, balances, ANN::equals, ids::incrementAndGet, InstantSource.fixed(NOW));

    @BeforeEach
    void offer() {
        offers.add(Examples.quota(1));
        offers.add(Examples.subscription(2));
    }

    @Test
    void a_package_starts_now_and_lasts_as_long_as_the_offer_says() {
        UserPackage held = assign(2, null, null);

        assertThat(held.startsAt()).isEqualTo(NOW);
        assertThat(held.expiresAt()).isEqualTo(NOW.plus(Duration.ofDays(30)));
        assertThat(held.terms().calendar().anchor()).isEqualTo(NOW);
        assertThat(userPackages.of(ANN)).extracting(HeldPackage::held).containsExactly(held);
    }

    @Test
    void its_terms_stay_when_the_offer_changes() {
        UserPackage held = assign(1, null, null);
        PackageOffer cheaper = Examples.quota(1);
        assertThat(offers.replace(new PackageOffer(
                        cheaper.id(),
                        "Other",
                        null,
                        Money.ZERO,
                        true,
                        Examples.subscription(1).terms())))
                .isTrue();

        assertThat(userPackages.find(held.id()).orElseThrow())
                .isEqualTo(new HeldPackage(held, Examples.quota(1).name(), null));
    }

    @Test
    void the_same_reference_assigns_once() {
        UserPackage first = assign(1, null, "order-1");

        assertThat(assign(2, null, "order-1")).isEqualTo(first);
        assertThat(userPackages.of(ANN)).hasSize(1);
    }

    @Test
    void what_cannot_be_assigned_is_told_apart() {
        PackageOffer offer = Examples.quota(3);
        offers.add(new PackageOffer(offer.id(), offer.name(), null, Money.ZERO, false, offer.terms()));

        assertThat(userPackages.assign(new Assignment(new UserId(12), new PackageId(1), null, null, null)))
                .isInstanceOf(Assigned.NoSuchUser.class);
        assertThat(userPackages.assign(new Assignment(ANN, new PackageId(9), null, null, null)))
                .isInstanceOf(Assigned.NoSuchPackage.class);
        assertThat(userPackages.assign(new Assignment(ANN, new PackageId(3), null, null, null)))
                .isInstanceOf(Assigned.Withdrawn.class);
    }

    @Test
    void a_later_end_is_a_renewal_and_an_earlier_one_an_end() {
        UserPackage held = assign(2, null, null);
        Instant end = held.expiresAt();

        edit(held.id(), end.plusSeconds(1));
        edit(held.id(), null);
        edit(held.id(), end);

        assertThat(userPackages.events(held.id(), null, 9))
                .extracting(numbered -> numbered.event().kind())
                .containsExactly(
                        PackageEvent.Kind.ENDED,
                        PackageEvent.Kind.RENEWED,
                        PackageEvent.Kind.RENEWED,
                        PackageEvent.Kind.ASSIGNED);
    }

    @Test
    void an_edit_is_pushed_to_the_live_store_with_a_higher_version() {
        UserPackage held = assign(1, null, null);

        userPackages
                .change(
                        held.id(),
                        current -> new UserPackageEdit(null, true, 0, Map.of(WindowKind.TOTAL, Money.ofNanos(1))),
                        null)
                .orElseThrow();

        assertThat(balances.pushed()).singleElement().satisfies(pushed -> {
            assertThat(pushed.version()).isGreaterThan(held.version());
            assertThat(pushed.terms().limits()).containsEntry(WindowKind.TOTAL, Money.ofNanos(1));
        });
    }

    @Test
    void what_is_spent_is_told_with_each_package() {
        UserPackage held = assign(1, null, null);
        WindowKey total = new WindowKey(WindowKind.TOTAL, 0);
        Spent spent = new Spent(Money.ofNanos(3), Money.ofNanos(2));
        balances.spend(held.id(), total, spent);

        assertThat(userPackages.find(held.id()).orElseThrow().held().spent()).containsEntry(total, spent);
        assertThat(userPackages.of(ANN).getFirst().held().spent()).containsEntry(total, spent);
    }

    @Test
    void an_ended_package_is_gone() {
        UserPackage held = assign(1, null, null);

        assertThat(userPackages.end(held.id(), null)).isTrue();

        assertThat(userPackages.of(ANN)).isEmpty();
        assertThat(userPackages.end(held.id(), null)).isFalse();
    }

    private void edit(UserPackageId id, @Nullable Instant expiresAt) {
        userPackages
                .change(
                        id,
                        current -> new UserPackageEdit(
                                expiresAt, true, 0, current.terms().limits()),
                        null)
                .orElseThrow();
    }

    @Test
    void a_renewal_adds_a_term_to_what_is_left_and_counts_once_a_reference() {
        UserPackage held = assign(2, null, "order-1");

        assertThat(renew(held, "order-2")).isInstanceOfSatisfying(Renewed.Done.class, done -> {
            assertThat(done.repeated()).isFalse();
            assertThat(done.held().held().expiresAt()).isEqualTo(NOW.plus(Duration.ofDays(60)));
            assertThat(done.held().held().startsAt()).isEqualTo(NOW);
        });
        assertThat(renew(held, "order-2")).isInstanceOfSatisfying(Renewed.Done.class, done -> {
            assertThat(done.repeated()).isTrue();
            assertThat(done.held().held().expiresAt()).isEqualTo(NOW.plus(Duration.ofDays(60)));
        });
        assertThat(renew(held, null))
                .isInstanceOfSatisfying(
                        Renewed.Done.class,
                        done -> assertThat(done.held().held().expiresAt()).isEqualTo(NOW.plus(Duration.ofDays(90))));

        assertThat(userPackages.events(held.id(), null, 9))
                .extracting(numbered -> numbered.event().kind())
                .containsExactly(PackageEvent.Kind.RENEWED, PackageEvent.Kind.RENEWED, PackageEvent.Kind.ASSIGNED);
    }

    @Test
    void what_never_ends_or_has_ended_is_not_renewed() {
        UserPackage forever = assign(1, null, null);
        UserPackage over = assign(2, NOW.minus(Duration.ofDays(30)), null);
        UserPackage lastMoment = assign(2, NOW.minus(Duration.ofDays(30)).plusNanos(1000), "order-1");

        assertThat(renew(forever, null)).isInstanceOf(Renewed.NoTerm.class);
        assertThat(renew(over, null)).isInstanceOf(Renewed.Over.class);
        assertThat(renew(over, "order-1")).isInstanceOf(Renewed.ReferenceTaken.class);
        assertThat(renew(lastMoment, null)).isInstanceOf(Renewed.Done.class);
        assertThat(userPackages.end(lastMoment.id(), null)).isTrue();
        assertThat(renew(lastMoment, null)).isInstanceOf(Renewed.Gone.class);
    }

    @Test
    void an_early_end_is_pushed_before_it_is_answered() {
        UserPackage held = assign(1, null, null);

        assertThat(userPackages.end(held.id(), new UserId(1))).isTrue();
        assertThat(userPackages.end(held.id(), new UserId(1))).isFalse();

        assertThat(balances.pushed()).singleElement().satisfies(pushed -> {
            assertThat(pushed.id()).isEqualTo(held.id());
            assertThat(pushed.enabled()).isFalse();
            assertThat(pushed.version()).isGreaterThan(held.version());
        });
    }

    private Renewed renew(UserPackage held, @Nullable String reference) {
        return userPackages.renew(new ManageUserPackages.Renewal(held.id(), reference, new UserId(1)));
    }

    private UserPackage assign(long offer, @Nullable Instant start, @Nullable String reference) {
        Assigned assigned = userPackages.assign(new Assignment(ANN, new PackageId(offer), start, reference, null));
        return ((Assigned.Done) assigned).held().held();
    }
}
