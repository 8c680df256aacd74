package dev.tollgate.domain.relay;

import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.account.AccountType;
import dev.tollgate.domain.money.Cost;
import dev.tollgate.domain.usage.TokenUsage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One try at one account.
 *
 * @param number from 1 in the order they were made
 * @param httpStatus the upstream's, null when no answer came
 * @param failure its class ({@code rate_limited}, {@code connect}, …), null for the one that served
 * @param upstreamCost what the account is charged at list price
 */
public record AttemptRecord(
        int number,
        AccountId accountId,
        AccountType accountType,
        String sentModel,
        Instant startedAt,
        Instant endedAt,
        @Nullable Integer httpStatus,
        @Nullable String failure,
        TokenUsage tokens,
        Cost upstreamCost) {}
