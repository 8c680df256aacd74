package dev.tollgate.application.relay;

import dev.tollgate.domain.account.AccountId;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;

/**
 * Which account made what earlier answers left at their providers: responses, containers, files. Only that account can
 * serve a call that builds upon them.
 */
public interface Bindings {
    /** How long a binding is kept. */
    Duration KEPT = Duration.ofDays(30);

    /**
     * Binds resources to the account that made them, from now on. Known on this node at once, on others and after a
     * crash within a second; does not wait for a database.
     *
     * @param digests of user and resource, see {@link Sessions}
     */
    void bind(Collection<String> digests, AccountId account);

    /**
     * The accounts of those that are known; the others are absent.
     *
     * @throws dev.tollgate.application.identity.StoreUnavailable if one is not known here and cannot be looked up
     */
    Map<String, AccountId> find(Collection<String> digests);
}
