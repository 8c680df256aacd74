package dev.tollgate.application.usage;

import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.apikey.ApiKeyId;
import dev.tollgate.domain.identity.UserId;
import org.jspecify.annotations.Nullable;

/** A part of all usage: what each given dimension is; null for any. It selects usage, and names a group of it. */
public record Slice(
        @Nullable UserId user,
        @Nullable ApiKeyId key,
        @Nullable AccountId account,
        @Nullable String model) {
    public static final Slice ALL = new Slice(null, null, null, null);

    public static Slice of(UserId user) {
        return new Slice(user, null, null, null);
    }

    public static Slice of(ApiKeyId key) {
        return new Slice(null, key, null, null);
    }

    public static Slice of(AccountId account) {
        return new Slice(null, null, account, null);
    }

    /** The ways usage can be cut. */
    public enum Dimension {
        USER,
        API_KEY,
        ACCOUNT,
        MODEL
    }
}
