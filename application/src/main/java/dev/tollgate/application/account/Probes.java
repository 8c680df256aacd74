package dev.tollgate.application.account;

import dev.tollgate.domain.account.AccountType;
import java.time.Duration;

/** Asks providers, without cost, whether they let an account in again. */
public interface Probes {
    /** The longest a provider is waited for. */
    Duration TIME_MAX = Duration.ofSeconds(10);

    /**
     * Whether the provider lets in whoever has these credentials: it answered them with its list of models. Not if it
     * refused, cannot be reached, or has nothing that can be asked for free. Blocks for at most {@link #TIME_MAX}.
     */
    boolean isLetIn(AccountType type, Connection connection);
}
