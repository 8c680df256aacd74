package dev.tollgate.application.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.apikey.KeyHolder;
import dev.tollgate.application.entitlement.Examples;
import dev.tollgate.application.entitlement.Wallets;
import dev.tollgate.application.identity.StoreUnavailable;
import dev.tollgate.application.relay.CallError.Code;
import dev.tollgate.application.relay.CallersAndCalls.Purse;
import dev.tollgate.application.relay.CallersAndCalls.Settings;
import dev.tollgate.application.usage.Calls;
import dev.tollgate.application.usage.InMemoryUsageJournal;
import dev.tollgate.application.usage.SteppedClock;
import dev.tollgate.domain.apikey.BillingType;
import dev.tollgate.domain.apikey.KeyLimits;
import dev.tollgate.domain.entitlement.Payer;
import dev.tollgate.domain.entitlement.UserPackage;
import dev.tollgate.domain.entitlement.WindowKind;
import dev.tollgate.domain.identity.BillingMode;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.identity.UserLimits;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.money.Multiplier;
import dev.tollgate.domain.relay.Subject;
import dev.tollgate.domain.relay.SubjectKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AdmittingTest {
    private static final Money PLENTY = nanos(1_000_000);
    private static final LimitName CREDIT = new LimitName(SubjectKind.CREDIT, LimitName.Measure.COST, WindowKind.TOTAL);

    private final ToldLiveStore liveStore = new ToldLiveStore();
    private final InMemoryUsageJournal journal = new InMemoryUsageJournal();
    private final List<Subject> spentOut = new ArrayList<>();
    private final Outage outage = new Outage(() -> nanos(1_000), () -> true, new SteppedClock());

    @Test
    void asks_for_the_call_at_its_bound_and_takes_what_is_enough_for_the_smallest_answer() {
        liveStore.reserves(new Reservation.Held(0, nanos(150), null));
        Admission.Admitted admitted = admitted(prepaid(), CallersAndCalls.BOUNDED);

        PayerTerms credit = liveStore.reserved().payers().getFirst();
        assertThat(credit.most()).isEqualTo(nanos(150));
        assertThat(credit.least()).isEqualTo(nanos(110));
        assertThat(liveStore.reserved().tokens()).isEqualTo(100 / 4 + 50);
        assertThat(admitted.outputBound()).as("the caller's own stands").isNull();
        assertThat(admitted.ticket().hold().amount()).isEqualTo(nanos(150));
        assertThat(admitted.ticket().hold().clamped()).isFalse();
        assertThat(admitted.ticket().hold().payer()).isEqualTo(new Payer.OfCredit(Calls.USER));
    }

    @Test
    void lowers_the_output_bound_to_what_a_smaller_hold_covers() {
        liveStore.reserves(new Reservation.Held(0, nanos(137), null));
        Admission.Admitted admitted = admitted(prepaid(), CallersAndCalls.BOUNDED);

        assertThat(admitted.outputBound()).isEqualTo(37);
        assertThat(admitted.ticket().hold().clamped()).isTrue();
    }

    @Test
    void sends_a_bound_along_where_a_hold_depends_on_it_and_the_call_names_none() {
        liveStore.reserves(new Reservation.Held(0, nanos(300), null));
        CallBounds unbounded = new CallBounds(100L, null, 1, Map.of());

        assertThat(admitted(prepaid(), unbounded).outputBound()).isEqualTo(200);
        assertThat(liveStore.reserved().payers().getFirst().most()).isEqualTo(nanos(100 + 200));
    }

    @Test
    void leaves_the_bound_alone_where_nobody_pays_in_advance() {
        liveStore.reserves(new Reservation.Held(0, Money.ZERO, null));
        CallBounds unbounded = new CallBounds(100L, null, 1, Map.of());
        Admission.Admitted admitted =
                admitted(CallersAndCalls.holder(BillingMode.POSTPAID), unbounded, new Purse(List.of(), Money.ZERO));

        assertThat(admitted.ticket().hold().payer()).isEqualTo(new Payer.Metered());
        assertThat(admitted.outputBound()).isNull();
    }

    @Test
    void takes_input_that_is_not_in_the_body_for_a_full_window_for_each_use_of_a_tool() {
        liveStore.reserves(new Reservation.Held(0, nanos(4_050), null));
        Admission.Admitted admitted = admitted(prepaid(), new CallBounds(null, 50L, 1, Map.of("web_search", 3L)));

        assertThat(liveStore.reserved().payers().getFirst().most())
                .isEqualTo(nanos(4 * CallersAndCalls.CONTEXT_WINDOW + 50));
        assertThat(admitted.size().contextWindow()).isEqualTo(CallersAndCalls.CONTEXT_WINDOW);
    }

    @Test
    void holds_what_a_customer_pays_by_the_keys_multiplier_before_the_users() {
        liveStore.reserves(new Reservation.Held(0, nanos(900), null));
        KeyHolder both = new KeyHolder(
                CallersAndCalls.key(KeyLimits.NONE, Multiplier.of("3"), BillingType.ANY, null),
                CallersAndCalls.user(BillingMode.PREPAID, Multiplier.of("5"), UserLimits.NONE));
        KeyHolder ofUser = new KeyHolder(
                CallersAndCalls.key(KeyLimits.NONE, null, BillingType.ANY, null),
                CallersAndCalls.user(BillingMode.PREPAID, Multiplier.of("5"), UserLimits.NONE));

        Admission.Admitted admitted = admitted(both, CallersAndCalls.BOUNDED);
        assertThat(liveStore.reserved().payers().getFirst().most()).isEqualTo(nanos(2 * 3 * 150));
        assertThat(admitted.ticket().asked().multiplier()).isEqualTo(Multiplier.of("6"));
        assertThat(admitted(ofUser, CallersAndCalls.BOUNDED).ticket().asked().multiplier())
                .isEqualTo(Multiplier.of("10"));
    }

    @Test
    void a_ticket_names_every_window_the_call_counts_in() {
        liveStore.reserves(new Reservation.Held(0, nanos(150), null));
        UserPackage held = Examples.held(15, Calls.USER, Examples.quota(2)).held();
        Admission.Admitted admitted =
                admitted(prepaid(), CallersAndCalls.BOUNDED, new Purse(List.of(held), Money.ZERO));

        assertThat(admitted.ticket().windows())
                .extracting(windows -> windows.subject().kind())
                .containsExactly(SubjectKind.USER, SubjectKind.KEY, SubjectKind.PACKAGE);
    }

    @Test
    void a_limit_in_the_way_is_told_with_the_least_the_call_would_hold() {
        liveStore.reserves(new Reservation.Refused(0, CREDIT, 200, 95, 0, null));

        CallError error = refused(prepaid(), new Purse(List.of(), nanos(200)));
        assertThat(error.code()).isEqualTo(Code.INSUFFICIENT_QUOTA);
        assertThat(error.message()).contains("this call can cost $0.00000011");
        assertThat(spentOut).containsExactly(new Subject(SubjectKind.CREDIT, Calls.USER.value()));
    }

    @Test
    void a_limit_of_the_key_is_nobodys_money_that_ran_out() {
        LimitName ofKey = new LimitName(SubjectKind.KEY, LimitName.Measure.COST, WindowKind.DAY);
        liveStore.reserves(new Reservation.Refused(-1, ofKey, 200, 195, 0, null));

        assertThat(refused(prepaid(), new Purse(List.of(), nanos(200))).code()).isEqualTo(Code.INSUFFICIENT_QUOTA);
        assertThat(spentOut).isEmpty();
    }

    @Test
    void nothing_is_asked_for_a_user_nobody_can_pay_for() {
        CallError error = refused(prepaid(), new Purse(List.of(), Money.ZERO));

        assertThat(error.code()).isEqualTo(Code.INSUFFICIENT_QUOTA);
        assertThat(error.message()).contains("There is no credit.");
        assertThat(liveStore.all(Reserve.class)).isEmpty();
    }

    @Test
    void without_the_store_only_a_payer_without_a_strict_limit_is_let_in() {
        liveStore.reserves(new Reservation.Unavailable());

        assertThat(refused(prepaid(), new Purse(List.of(), PLENTY)).code()).isEqualTo(Code.NO_AVAILABLE_ACCOUNT);
        Admission.Admitted postpaid = admitted(
                CallersAndCalls.holder(BillingMode.POSTPAID),
                CallersAndCalls.BOUNDED,
                new Purse(List.of(), Money.ZERO));
        assertThat(postpaid.isUnheld()).isTrue();
    }

    @Test
    void a_store_that_takes_nothing_on_is_worth_another_try() {
        liveStore.reserves(new Reservation.Closed());

        CallError error = refused(prepaid(), new Purse(List.of(), PLENTY));
        assertThat(error.status()).isEqualTo(503);
        assertThat(error.retryAfter()).isNotNull();
    }

    @Test
    void nothing_is_let_in_while_the_journal_has_no_room_for_its_end() {
        journal.setWritable(false);

        assertThat(refused(prepaid(), new Purse(List.of(), PLENTY)).status()).isEqualTo(503);
        assertThat(liveStore.all(Reserve.class)).isEmpty();
    }

    @Test
    void nobody_is_refused_for_want_of_money_that_cannot_be_looked_up() {
        Wallets away = new Wallets() {
            @Override
            public List<UserPackage> packages(UserId user) {
                throw new StoreUnavailable("away for the test", null);
            }

            @Override
            public Credit credit(UserId user) {
                throw new StoreUnavailable("away for the test", null);
            }
        };

        assertThat(refused(prepaid(), away).code()).isEqualTo(Code.NO_AVAILABLE_ACCOUNT);
    }

    private static KeyHolder prepaid() {
        return CallersAndCalls.holder(BillingMode.PREPAID);
    }

    private Admission.Admitted admitted(KeyHolder holder, CallBounds bounds) {
        Multiplier twice = holder.key().multiplier() == null && holder.user().multiplier() == null
                ? Multiplier.ONE
                : Multiplier.of("2");
        return (Admission.Admitted)
                admitting(new Purse(List.of(), PLENTY), twice).admit(CallersAndCalls.granted(holder, bounds));
    }

    private Admission.Admitted admitted(KeyHolder holder, CallBounds bounds, Wallets wallets) {
        return (Admission.Admitted) admitting(wallets, Multiplier.ONE).admit(CallersAndCalls.granted(holder, bounds));
    }

    private CallError refused(KeyHolder holder, Wallets wallets) {
        Admission admission =
                admitting(wallets, Multiplier.ONE).admit(CallersAndCalls.granted(holder, CallersAndCalls.BOUNDED));
        return ((Admission.Refused) admission).error();
    }

    private Admitting admitting(Wallets wallets, Multiplier ofAll) {
        return new Admitting(
                new PayerChoice(wallets),
                liveStore.asLiveStore(),
                outage,
                journal,
                new Settings(ofAll),
                (user, subject, window) -> spentOut.add(subject));
    }

    private static Money nanos(long nanos) {
        return Money.ofNanos(nanos);
    }
}
