package dev.tollgate.application.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.domain.account.Account;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.account.AccountType;
import dev.tollgate.domain.account.Health;
import dev.tollgate.domain.account.Placement;
import dev.tollgate.domain.account.Serving;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StoredAccountTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @Test
    void what_is_deployed_is_known_without_opening_a_credential() {
        StoredAccount stored = stored(Map.of("api_key", "sealed", "deployments.gpt-4o", "sealed too"));

        assertThat(stored.account().serving().deployed()).containsExactly("gpt-4o");
        assertThat(stored.in(Health.VALID).account().serving().deployed()).containsExactly("gpt-4o");
        assertThat(stored(Map.of("api_key", "sealed")).account().serving()).isEqualTo(Serving.BY_FAMILY);
    }

    private static StoredAccount stored(Map<String, String> credentials) {
        Account account = new Account(
                new AccountId(1),
                "azure",
                AccountType.AZURE_OPENAI,
                Placement.ORDINARY,
                Serving.BY_FAMILY,
                true,
                Health.VALID);
        return new StoredAccount(account, Access.ORDINARY, credentials, StoredAccount.Troubles.NONE, NOW, NOW);
    }
}
