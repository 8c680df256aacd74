package dev.tollgate.application.identity;

import dev.tollgate.domain.identity.User;

/** The limits on users' spending that calls are admitted by. */
public interface UserCostLimits {
    /**
     * Has every node admit by a user's limits from now on, whatever it has in memory.
     *
     * @throws StoreUnavailable if the live store cannot be told; the nodes then learn of it as of any other edit
     */
    void push(User edited);
}
