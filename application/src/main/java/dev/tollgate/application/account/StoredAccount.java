package dev.tollgate.application.account;

import dev.tollgate.domain.account.Account;
import dev.tollgate.domain.account.Health;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An account as it is kept.
 *
 * @param sealedCredentials by field, each sealed to its row and field
 */
public record StoredAccount(
        Account account,
        Access access,
        Map<String, String> sealedCredentials,
        Troubles troubles,
        Instant createdAt,
        Instant updatedAt) {
    private static final String DEPLOYMENT = CredentialField.DEPLOYMENTS + ".";

    public StoredAccount {
        sealedCredentials = Map.copyOf(sealedCredentials);
        account = deploying(account, sealedCredentials.keySet());
    }

    /** What is deployed stands in the names of the credentials, which nothing need be opened for. */
    private static Account deploying(Account account, Set<String> credentials) {
        Set<String> models = credentials.stream()
                .filter(name -> name.startsWith(DEPLOYMENT))
                .map(name -> name.substring(DEPLOYMENT.length()))
                .collect(Collectors.toUnmodifiableSet());
        return account.serving().deployed().equals(models)
                ? account
                : new Account(
                        account.id(),
                        account.name(),
                        account.type(),
                        account.placement(),
                        account.serving().deploying(models),
                        account.enabled(),
                        account.health());
    }

    /** The same account in another health. */
    public StoredAccount in(Health health) {
        Account changed = new Account(
                account.id(),
                account.name(),
                account.type(),
                account.placement(),
                account.serving(),
                account.enabled(),
                health);
        return new StoredAccount(changed, access, sealedCredentials, troubles, createdAt, updatedAt);
    }

    public StoredAccount with(Troubles more) {
        return new StoredAccount(account, access, sealedCredentials, more, createdAt, updatedAt);
    }

    public StoredAccount with(Map<String, String> sealedAnew) {
        return new StoredAccount(account, access, sealedAnew, troubles, createdAt, updatedAt);
    }

    @Override
    public String toString() {
        return "StoredAccount[" + account + "]";
    }

    /** How often calls with it failed, and the upstream's words the last time. */
    public record Troubles(long errors, @Nullable String lastError) {
        public static final Troubles NONE = new Troubles(0, null);

        public Troubles plus(long more, @Nullable String latest) {
            return new Troubles(Math.addExact(errors, more), latest == null ? lastError : latest);
        }
    }
}
