package dev.tollgate.application.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.identity.InMemoryChanges;
import dev.tollgate.application.identity.InMemoryVault;
import dev.tollgate.application.identity.SealAgain;
import dev.tollgate.domain.account.Account;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.account.AccountType;
import dev.tollgate.domain.account.Health;
import dev.tollgate.domain.account.Placement;
import dev.tollgate.domain.account.Serving;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SealCredentialsAgainTest {
    private static final AccountId ID = new AccountId(7);
    private static final Map<String, String> SECRETS = Map.of("access_key_id", "id", "secret_access_key", "0123456789");

    private final Accounts accounts = new InMemoryAccounts(new InMemoryChanges());
    private final SealAgain again = new SealCredentialsAgainService(accounts, new Credentials(new InMemoryVault(2)));

    @Test
    void credentials_of_the_key_before_are_sealed_by_the_new_one_once() {
        accounts.add(account(1));

        assertThat(again.sealAgain()).isOne();
        assertThat(again.sealAgain()).isZero();

        assertThat(new Credentials(new InMemoryVault(3)).open(stored())).isEqualTo(SECRETS);
    }

    @Test
    void credentials_that_no_key_opens_stay_as_they_are() {
        StoredAccount lost = account(9);
        accounts.add(lost);

        assertThat(again.sealAgain()).isZero();
        assertThat(stored().sealedCredentials()).isEqualTo(lost.sealedCredentials());
    }

    private StoredAccount stored() {
        return accounts.find(ID).orElseThrow();
    }

    private static StoredAccount account(int key) {
        Account account =
                new Account(ID, "main", AccountType.BEDROCK, Placement.ORDINARY, Serving.BY_FAMILY, true, Health.VALID);
        Map<String, String> sealed = new Credentials(new InMemoryVault(key)).seal(ID, SECRETS);
        return new StoredAccount(
                account, Access.ORDINARY, sealed, StoredAccount.Troubles.NONE, Instant.EPOCH, Instant.EPOCH);
    }
}
