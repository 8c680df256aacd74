package dev.tollgate.application.usage;

import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.apikey.ApiKeyId;
import dev.tollgate.domain.identity.UserId;

/**
 * Whose usage the live store adds up: a user's and a key's is in the user's shard, an account's and everyone's is a sum
 * over all shards.
 */
public sealed interface Totalled {
    /** An upstream account, by what it served. */
    record OfAccount(AccountId account) implements Totalled {}

    /** A user, by all keys. */
    record OfUser(UserId user) implements Totalled {}

    /** An API key. */
    record OfKey(ApiKeyId key) implements Totalled {}

    /** All calls together. */
    record Everyone() implements Totalled {}

    /** Whether each shard has a part of it. */
    default boolean isInAllShards() {
        return switch (this) {
            case OfAccount account -> true;
            case Everyone everyone -> true;
            case OfUser user -> false;
            case OfKey key -> false;
        };
    }
}
