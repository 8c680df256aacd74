package dev.tollgate.domain.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.account.AccountType;
import dev.tollgate.domain.apikey.ApiKeyId;
import dev.tollgate.domain.entitlement.Payer;
import dev.tollgate.domain.entitlement.SpendMode;
import dev.tollgate.domain.entitlement.UserPackageId;
import dev.tollgate.domain.entitlement.WindowKey;
import dev.tollgate.domain.entitlement.WindowKind;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Cost;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.money.Multiplier;
import dev.tollgate.domain.pricing.Charge;
import dev.tollgate.domain.pricing.PriceVersionId;
import dev.tollgate.domain.usage.TokenUsage;
import dev.tollgate.domain.usage.Usage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SettlementTest {
    private static final Instant ADMITTED = Instant.parse("2026-11-21T12:00:00.123Z");
    private static final SubjectWindows PACKAGE = windows(SubjectKind.PACKAGE, 15);
    private static final SubjectWindows CREDIT = windows(SubjectKind.CREDIT, 7);
    private static final SubjectWindows USER = windows(SubjectKind.USER, 7);
    private static final SubjectWindows KEY = windows(SubjectKind.KEY, 9);

    @Test
    void costs_us_what_every_attempt_cost_failed_ones_included() {
        SortedSet<String> flags = new TreeSet<>();
        Settlement settlement = settlement(List.of(attempt(1, 400), attempt(2, 1_000)), flags);
        assertThat(settlement.upstreamCost()).isEqualTo(Cost.ofPicos(1_400));
        assertThat(settlement(List.of(), flags).upstreamCost()).isEqualTo(Cost.ZERO);
        assertThat(settlement.id()).isEqualTo(settlement.ticket().id());
    }

    @Test
    void keeps_its_flags_and_attempts_when_what_they_were_made_from_changes() {
        SortedSet<String> flags = new TreeSet<>(List.of("over_hold"));
        List<AttemptRecord> attempts = new ArrayList<>(List.of(attempt(1, 1)));
        Settlement settlement = settlement(attempts, flags);
        flags.clear();
        attempts.clear();
        assertThat(settlement.flags()).containsExactly("over_hold");
        assertThat(settlement.attempts()).hasSize(1);
        assertThatThrownBy(() -> settlement.flags().add("x")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void a_call_has_one_payer() {
        assertThat(ticket(PACKAGE, USER, KEY).windows()).hasSize(3);
        assertThat(ticket(USER, KEY).windows()).hasSize(2);
        assertThatThrownBy(() -> ticket(PACKAGE, CREDIT, USER, KEY)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ticket(PACKAGE, windows(SubjectKind.PACKAGE, 16)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_call_counts_in_each_subject_once() {
        assertThatThrownBy(() -> ticket(PACKAGE, USER, USER)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_ticket_tells_its_admission_and_its_users_shard() {
        Ticket ticket = ticket(PACKAGE);
        assertThat(ticket.admittedAt()).isEqualTo(ADMITTED);
        assertThat(ticket.shard(16)).isEqualTo(7);
        assertThat(ticket.shard(4)).isEqualTo(3);
    }

    @Test
    void progress_keeps_the_attempts_it_was_told() {
        List<AttemptRecord> attempts = new ArrayList<>(List.of(attempt(1, 1)));
        Progress progress = new Progress(RequestId.at(ADMITTED, 1, 2), TokenUsage.of(1, 2), true, attempts);
        attempts.clear();
        assertThat(progress.attempts()).hasSize(1);
    }

    private static Settlement settlement(List<AttemptRecord> attempts, SortedSet<String> flags) {
        return new Settlement(
                ticket(PACKAGE),
                CallStatus.COMPLETED,
                200,
                UsageSource.UPSTREAM,
                Usage.of(TokenUsage.of(10, 20)),
                Charge.NOTHING,
                attempts,
                new Timing(120, 30L),
                flags);
    }

    private static Ticket ticket(SubjectWindows... windows) {
        return new Ticket(
                RequestId.at(ADMITTED, 1, 2),
                new Caller(new UserId(7), new ApiKeyId(9), null, null),
                new Asked("chat", "gpt-6", "gpt-6", "openai", true, new PriceVersionId(1), Multiplier.ONE),
                new Hold(new Payer.OfPackage(new UserPackageId(15)), SpendMode.STRICT, Money.ofNanos(5), false),
                List.of(windows));
    }

    private static SubjectWindows windows(SubjectKind kind, long id) {
        return new SubjectWindows(new Subject(kind, id), List.of(new WindowKey(WindowKind.TOTAL, 0)));
    }

    private static AttemptRecord attempt(int number, long picos) {
        return new AttemptRecord(
                number,
                new AccountId(1),
                AccountType.OPENAI,
                "gpt-6",
                ADMITTED,
                ADMITTED,
                200,
                null,
                TokenUsage.NONE,
                Cost.ofPicos(picos));
    }
}
