package dev.tollgate.domain.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.domain.pricing.ModelPatterns;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AccountTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "claude, claude, true",
        "claude-oauth, claude, true",
        "bedrock, claude, true",
        "bedrock, openai, false",
        "openai, openai, true",
        "azure-openai, openai, true",
        "gemini, gemini, true",
        "gemini, claude, false",
        "simulated, anything, true",
    })
    void serves_its_family_where_it_names_no_model(String type, String platform, boolean serves) {
        AccountType accountType = AccountType.of(type).orElseThrow();
        assertThat(account(accountType, Serving.BY_FAMILY).serves("some-model", "some-model", platform))
                .isEqualTo(serves);
        assertThat(accountType.wireName()).isEqualTo(type);
    }

    @Test
    void serves_only_what_it_names_where_it_names_models_whatever_their_family() {
        Serving named = new Serving(new ModelPatterns(Set.of("gpt-*")), Map.of("opus", "claude-opus-5"), Set.of());
        Account account = account(AccountType.OPENAI, named);
        assertThat(account.serves("gpt-6", "gpt-6", "openai")).isTrue();
        assertThat(account.serves("opus-latest", "opus", "claude")).isTrue();
        assertThat(account.serves("o3", "o3", "openai")).isFalse();
        assertThat(account.sentModel("opus-latest", "opus")).isEqualTo("claude-opus-5");
        assertThat(account.sentModel("gpt-6", "gpt-6")).isEqualTo("gpt-6");
    }

    @Test
    void serves_what_it_has_deployments_of_where_it_names_no_model() {
        Account account = account(AccountType.AZURE_OPENAI, Serving.BY_FAMILY.deploying(Set.of("gpt-4o", "grok-4")));
        assertThat(account.serves("gpt-4o", "gpt-4o", "openai")).isTrue();
        assertThat(account.serves("gpt-4o-latest", "gpt-4o", "openai")).isTrue();
        assertThat(account.serves("grok-4", "grok-4", "xai")).isTrue();
        assertThat(account.serves("gpt-5", "gpt-5", "openai")).isFalse();
        assertThat(account.sentModel("gpt-4o-latest", "gpt-4o")).isEqualTo("gpt-4o");
    }

    @Test
    void is_sent_the_name_that_was_wanted_where_it_maps_none() {
        Account account = account(AccountType.OPENAI, Serving.BY_FAMILY);
        assertThat(account.sentModel("gpt-4o-2024-08-06", "gpt-4o")).isEqualTo("gpt-4o-2024-08-06");
    }

    @Test
    void knows_its_types_by_their_names_alone() {
        assertThat(AccountType.of("Claude")).isEmpty();
        assertThat(AccountType.SIMULATED.family()).isNull();
        assertThat(AccountType.BEDROCK.family()).isEqualTo("claude");
    }

    @ParameterizedTest
    @EnumSource(Health.Status.class)
    void reads_valid_when_a_status_has_passed_and_not_a_moment_before(Health.Status status) {
        Health health = new Health(status, NOW);
        assertThat(health.at(NOW)).isEqualTo(Health.VALID);
        assertThat(health.at(NOW.minusNanos(1))).isEqualTo(health);
        assertThat(health.isOpen(NOW)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = Health.Status.class,
            names = {"RATE_LIMITED", "TOKEN_EXPIRED", "SUSPENDED", "INVALID"})
    void stays_closed_until_somebody_mends_it_where_no_end_is_known(Health.Status status) {
        assertThat(new Health(status, null).isOpen(Instant.MAX)).isFalse();
    }

    @Test
    void is_open_but_the_last_choice_while_overloaded() {
        Health overloaded = new Health(Health.Status.OVERLOADED, NOW);
        assertThat(overloaded.isOpen(NOW.minusNanos(1))).isTrue();
        assertThat(overloaded.isLastChoice(NOW.minusNanos(1))).isTrue();
        assertThat(overloaded.isLastChoice(NOW)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Fault.Kind.class)
    void another_account_is_asked_only_where_the_first_cannot_be_at_work_and_nothing_was_seen(Fault.Kind kind) {
        Set<Fault.Kind> never = Set.of(Fault.Kind.TIMEOUT, Fault.Kind.REQUEST, Fault.Kind.BROKEN);
        assertThat(kind.isRetryable()).isEqualTo(!never.contains(kind));
    }

    private static Account account(AccountType type, Serving serving) {
        return new Account(new AccountId(1), "a", type, Placement.ORDINARY, serving, true, Health.VALID);
    }
}
