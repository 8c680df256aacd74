package dev.tollgate.application.usage;

import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.apikey.ApiKeyId;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.relay.CallStatus;
import dev.tollgate.domain.relay.RequestId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which records are asked for; null filters nothing.
 *
 * @param model the name as asked for or as looked up
 * @param from the first instant, and {@code until} the first that is too late
 */
public record RecordFilter(
        @Nullable UserId user,
        @Nullable ApiKeyId key,
        @Nullable AccountId account,
        @Nullable String model,
        @Nullable CallStatus status,
        @Nullable RequestId request,
        @Nullable Instant from,
        @Nullable Instant until) {
    public static final RecordFilter ALL = new RecordFilter(null, null, null, null, null, null, null, null);

    /** The same, of one user's records only. */
    public RecordFilter of(UserId only) {
        return new RecordFilter(only, key, account, model, status, request, from, until);
    }
}
