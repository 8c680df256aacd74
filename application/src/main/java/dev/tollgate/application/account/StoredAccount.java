package dev.tollgate.application.account;

import dev.tollgate.domain.account.Account;
import dev.tollgate.domain.account.Health;
import java.time.Instant;
import java.util.Map;
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
    public StoredAccount {
        sealedCredentials = Map.copyOf(sealedCredentials);
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
