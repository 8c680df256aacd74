package dev.tollgate.application.usage;

import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.entitlement.UserPackageId;
import dev.tollgate.domain.money.Cost;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.Asked;
import dev.tollgate.domain.relay.CallStatus;
import dev.tollgate.domain.relay.Caller;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.domain.relay.Timing;
import dev.tollgate.domain.relay.UsageSource;
import dev.tollgate.domain.usage.TokenUsage;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One call as it is recorded, adjustments folded in.
 *
 * @param packageId the user's package that paid; null if credit or nobody did
 */
public record UsageRecord(
        RequestId id,
        Instant occurredAt,
        Caller caller,
        Asked asked,
        @Nullable UserPackageId packageId,
        Result result,
        TokenUsage tokens,
        Costs costs) {
    /**
     * How it went.
     *
     * @param account the one of the last attempt; null if none was recorded
     * @param accountType by its wire name
     */
    public record Result(
            @Nullable AccountId account,
            @Nullable String accountType,
            @Nullable String upstreamModel,
            CallStatus status,
            int httpStatus,
            long attempts,
            UsageSource usageSource,
            boolean clamped,
            List<String> flags,
            Timing timing) {
        public Result {
            flags = List.copyOf(flags);
        }
    }

    /**
     * What it came to: parts and base before the multiplier, and what the customer is charged.
     *
     * @param upstream at list price, all attempts together
     */
    public record Costs(
            Cost input,
            Cost output,
            Cost cacheRead,
            Cost cacheWrite,
            Cost other,
            Cost base,
            Cost upstream,
            Money total) {}
}
