package dev.tollgate.application.apikey;

import dev.tollgate.application.identity.StoreUnavailable;

/** The limits on keys' spending that calls are admitted by. */
public interface KeyCostLimits {
    /**
     * Has every node admit by a key's limits from now on, whatever it has in memory.
     *
     * @throws StoreUnavailable if the live store cannot be told; the nodes then learn of it as of any other edit
     */
    void push(KeyHolder edited);
}
