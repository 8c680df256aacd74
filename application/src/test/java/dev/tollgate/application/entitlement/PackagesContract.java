package dev.tollgate.application.entitlement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.domain.entitlement.PackageId;
import dev.tollgate.domain.entitlement.PackageOffer;
import dev.tollgate.domain.money.Money;
import org.junit.jupiter.api.Test;

/** What every store of packages on offer does. */
public abstract class PackagesContract {
    protected abstract Packages packages();

    @Test
    void an_offer_comes_back_as_it_was_added() {
        packages().add(Examples.quota(1));
        packages().add(Examples.subscription(2));

        assertThat(packages().find(new PackageId(1))).contains(Examples.quota(1));
        assertThat(packages().find(new PackageId(2))).contains(Examples.subscription(2));
    }

    @Test
    void all_offers_are_listed_newest_first() {
        packages().add(Examples.quota(1));
        packages().add(Examples.subscription(2));

        assertThat(packages().all()).containsExactly(Examples.subscription(2), Examples.quota(1));
    }

    @Test
    void an_offer_that_is_replaced_is_the_new_one_everywhere() {
        packages().add(Examples.quota(1));
        PackageOffer renamed = new PackageOffer(
                new PackageId(1),
                "Renamed",
                "now with words",
                Money.ofNanos(1),
                false,
                Examples.quota(1).terms());

        assertThat(packages().replace(renamed)).isTrue();

        assertThat(packages().all()).containsExactly(renamed);
    }

    @Test
    void what_is_gone_can_neither_be_replaced_nor_removed_again() {
        packages().add(Examples.quota(1));

        assertThat(packages().remove(new PackageId(1))).isTrue();

        assertThat(packages().find(new PackageId(1))).isEmpty();
        assertThat(packages().remove(new PackageId(1))).isFalse();
        assertThat(packages().replace(Examples.quota(1))).isFalse();
    }
}
