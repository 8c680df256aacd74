package dev.tollgate.application.entitlement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.apikey.KeyExamples;
import dev.tollgate.application.entitlement.ManageRedeemCodes.Batch;
import dev.tollgate.application.entitlement.ManageRedeemCodes.Issued;
import dev.tollgate.application.entitlement.ManageRedeemCodes.NewCode;
import dev.tollgate.application.entitlement.Redeem.Redeemed;
import dev.tollgate.application.entitlement.RedeemCode.Gift;
import dev.tollgate.application.entitlement.RedeemCode.Status;
import dev.tollgate.application.entitlement.RedeemCode.Terms;
import dev.tollgate.application.identity.PageQuery;
import dev.tollgate.domain.entitlement.PackageId;
import dev.tollgate.domain.entitlement.UserPackage;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RedeemServiceTest {
    private static final UserId ANN = new UserId(11);
    private static final UserId BOB = new UserId(12);
    private static final String NO_CODE = "00000-00000-00000-00000-00000";

    private final AtomicLong ids = new AtomicLong();
    private final InMemoryRedeemCodes codes = new InMemoryRedeemCodes();
    private final InMemoryCreditLedger ledger = new InMemoryCreditLedger();
    private final InMemoryUserPackages userPackages = new InMemoryUserPackages();
    private final InMemoryPackages offers = new InMemoryPackages();
    private Instant now = Examples.START;

    private final ManageRedeemCodes manage = new ManageRedeemCodesService(
            codes, offers, new KeyExamples.PlainDigests(), ids::incrementAndGet, () -> now);
    private final Redeem redeem = new RedeemService(
            codes, ledger, userPackages, offers, new KeyExamples.PlainDigests(), ids::incrementAndGet, () -> now);

    @Test
    void credit_is_booked_once_under_the_codes_name() {
        NewCode code = credit(null);

        Redeemed first = redeem.redeem(ANN, code.text().text().toLowerCase(Locale.ROOT));

        assertThat(first).isInstanceOfSatisfying(Redeemed.Credited.class, got -> {
            assertThat(got.entry().amount()).isEqualTo(Examples.DOLLAR);
            assertThat(got.entry().kind()).isEqualTo(CreditEntry.Kind.REDEEM);
            assertThat(got.entry().reference())
                    .isEqualTo("redeem-code:" + code.code().id());
            assertThat(got.entry().actor()).isEqualTo(ANN);
        });
        assertThat(redeem.redeem(ANN, code.text().text())).isInstanceOf(Redeemed.Used.class);
        assertThat(redeem.redeem(BOB, code.text().text()))
                .isInstanceOfSatisfying(
                        Redeemed.Used.class,
                        used -> assertThat(used.use().user()).isEqualTo(ANN));
        assertThat(ledger.sums(List.of(ANN, BOB))).containsOnly(Map.entry(ANN, new Wallets.Credit(Examples.DOLLAR, 1)));
    }

    @Test
    void a_package_starts_when_its_code_is_redeemed_even_if_it_is_not_on_offer_any_more() {
        offers.add(Examples.subscription(2));
        NewCode code = issue(new Gift.OfPackage(new PackageId(2)), null);
        assertThat(offers.replace(Examples.withdrawn(Examples.subscription(2)))).isTrue();
        now = now.plus(Duration.ofDays(3));

        Redeemed got = redeem.redeem(ANN, code.text().text());

        assertThat(got).isInstanceOfSatisfying(Redeemed.Assigned.class, given -> {
            UserPackage held = given.held().held();
            assertThat(held.startsAt()).isEqualTo(now);
            assertThat(held.expiresAt()).isEqualTo(now.plus(Duration.ofDays(30)));
            assertThat(given.code().use()).isNotNull();
            assertThat(userPackages.of(List.of(ANN))).containsEntry(ANN, List.of(given.held()));
        });
        assertThat(redeem.redeem(ANN, code.text().text())).isInstanceOf(Redeemed.Used.class);
    }

    @Test
    void a_package_that_is_gone_leaves_its_code_unused() {
        offers.add(Examples.quota(1));
        NewCode code = issue(new Gift.OfPackage(new PackageId(1)), null);
        assertThat(offers.remove(new PackageId(1))).isTrue();

        assertThat(redeem.redeem(ANN, code.text().text())).isInstanceOf(Redeemed.PackageGone.class);

        assertThat(manage.find(code.code().id()).orElseThrow().use()).isNull();
    }

    @Test
    void a_code_can_be_redeemed_until_the_instant_it_expires() {
        NewCode last = credit(now.plusSeconds(1));
        NewCode late = credit(now.plusSeconds(1));
        now = now.plusSeconds(1).minusNanos(1000);
        assertThat(redeem.redeem(ANN, last.text().text())).isInstanceOf(Redeemed.Credited.class);
        now = now.plusNanos(1000);
        assertThat(redeem.redeem(ANN, late.text().text())).isInstanceOf(Redeemed.Expired.class);
    }

    @Test
    void a_disabled_code_gives_nothing_until_it_is_enabled_again() {
        NewCode code = credit(null);
        disable(code, true);
        assertThat(redeem.redeem(ANN, code.text().text())).isInstanceOf(Redeemed.Disabled.class);
        disable(code, false);
        assertThat(redeem.redeem(ANN, code.text().text())).isInstanceOf(Redeemed.Credited.class);
    }

    @Test
    void credit_that_would_leave_its_range_is_refused_and_the_code_stays() {
        CreditEntry most = new CreditEntry(
                99, ANN, CreditEntry.Kind.GRANT, Money.LIMIT_MAX, null, null, null, null, Examples.START);
        assertThat(ledger.book(most).repeated()).isFalse();
        NewCode code = credit(null);

        assertThat(redeem.redeem(ANN, code.text().text())).isInstanceOf(Redeemed.TooMuch.class);
        assertThat(redeem.redeem(BOB, code.text().text())).isInstanceOf(Redeemed.Credited.class);
    }

    @Test
    void who_guesses_is_stopped_for_a_while_even_with_a_right_code() {
        NewCode code = credit(null);
        for (int i = 0; i < 10; i++) {
            assertThat(redeem.redeem(ANN, i % 2 == 0 ? NO_CODE : "please")).isInstanceOf(Redeemed.Unknown.class);
        }

        assertThat(redeem.redeem(ANN, NO_CODE)).isEqualTo(new Redeemed.TooMany(Duration.ofMinutes(15)));
        assertThat(redeem.redeem(ANN, code.text().text())).isInstanceOf(Redeemed.TooMany.class);
        assertThat(redeem.redeem(BOB, NO_CODE)).isInstanceOf(Redeemed.Unknown.class);
        now = now.plus(Duration.ofMinutes(15));
        assertThat(redeem.redeem(ANN, code.text().text())).isInstanceOf(Redeemed.Credited.class);
    }

    @Test
    void codes_that_exist_count_as_no_guess() {
        for (int i = 0; i < 30; i++) {
            NewCode code = credit(null);
            assertThat(redeem.redeem(ANN, code.text().text())).isInstanceOf(Redeemed.Credited.class);
            assertThat(redeem.redeem(ANN, code.text().text())).isInstanceOf(Redeemed.Used.class);
        }
    }

    @Test
    void a_batch_is_found_by_its_number_and_a_code_by_its_whole_text() {
        Issued.Done batch = issue(3, new Gift.OfCredit(Examples.DOLLAR), null);
        NewCode other = credit(null);
        NewCode one = batch.codes().get(1);

        assertThat(manage.list(null, batch.batch(), PageQuery.FIRST).total()).isEqualTo(3);
        assertThat(search(null, one.text().text().replace("-", " "))).containsExactly(one.code());
        assertThat(search(Status.USED, one.text().text())).isEmpty();
        assertThat(search(null, other.text().text())).containsExactly(other.code());
        assertThat(search(null, NO_CODE)).isEmpty();
    }

    @Test
    void codes_are_made_only_for_a_package_on_offer() {
        offers.add(Examples.withdrawn(Examples.quota(1)));

        assertThat(manage.issue(batch(1, new Gift.OfPackage(new PackageId(1)), null)))
                .isInstanceOf(Issued.Withdrawn.class);
        assertThat(manage.issue(batch(1, new Gift.OfPackage(new PackageId(2)), null)))
                .isInstanceOf(Issued.NoSuchPackage.class);
    }

    private List<RedeemCode> search(@Nullable Status status, String text) {
        return manage.list(status, null, new PageQuery(1, 20, text, null, false))
                .items();
    }

    private void disable(NewCode code, boolean disabled) {
        assertThat(manage.change(
                        code.code().id(),
                        terms -> new Terms(terms.name(), terms.description(), terms.expiresAt(), !disabled)))
                .isPresent();
    }

    private NewCode credit(@Nullable Instant expiresAt) {
        return issue(new Gift.OfCredit(Examples.DOLLAR), expiresAt);
    }

    private NewCode issue(Gift gift, @Nullable Instant expiresAt) {
        return issue(1, gift, expiresAt).codes().getFirst();
    }

    private Issued.Done issue(int count, Gift gift, @Nullable Instant expiresAt) {
        return (Issued.Done) manage.issue(batch(count, gift, expiresAt));
    }

    private static Batch batch(int count, Gift gift, @Nullable Instant expiresAt) {
        return new Batch(count, gift, new Terms("Fair", null, expiresAt, true), new UserId(1));
    }
}
