package dev.tollgate.application.relay;

import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.apikey.ApiKeyId;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.domain.relay.SubjectWindows;
import java.util.List;

/**
 * What a call asks of the live store at admission.
 *
 * @param payers in the order they are asked, at most {@link #PAYERS_MAX}
 * @param most the hold that covers the call at its own output bound
 * @param least the smallest hold the call is still worth sending with; equal to {@code most} if it cannot be lowered
 * @param limits cost limits of user and key, which every payer's hold must fit as well
 * @param rates limits of user and key that are not money
 * @param tokens what the call counts against tokens per minute until it is settled
 * @param windows the user's and the key's windows the call counts in
 * @param sessions digests that may bind the call to an account, strongest first
 */
public record Reserve(
        RequestId id,
        UserId userId,
        ApiKeyId apiKeyId,
        List<PayerTerms> payers,
        Money most,
        Money least,
        List<CostLimit> limits,
        List<RateLimits> rates,
        long tokens,
        List<SubjectWindows> windows,
        List<String> sessions) {
    public static final int PAYERS_MAX = 8;

    public Reserve {
        if (payers.isEmpty() || payers.size() > PAYERS_MAX || least.compareTo(most) > 0) {
            throw new IllegalArgumentException("1 to 8 payers, least at most most: " + payers.size());
        }
        payers = List.copyOf(payers);
        limits = List.copyOf(limits);
        rates = List.copyOf(rates);
        windows = List.copyOf(windows);
        sessions = List.copyOf(sessions);
    }
}
