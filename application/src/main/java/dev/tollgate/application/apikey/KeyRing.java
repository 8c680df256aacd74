package dev.tollgate.application.apikey;

import java.util.Optional;

/** Finds who holds a key, from memory where it can; sees an edit within two seconds of its commit on any node. */
public interface KeyRing {
    /**
     * The holder of a key that exists, whether or not it may still be used.
     *
     * @throws dev.tollgate.application.identity.StoreUnavailable if the key is not in memory and the database is away
     */
    Optional<KeyHolder> find(String keyText);
}
