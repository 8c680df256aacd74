package dev.tollgate.application.relay;

import dev.tollgate.domain.apikey.ApiKeyId;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.domain.relay.SubjectWindows;
import java.util.List;

/**
 * What a call asks of the live store at admission.
 *
 * @param payers in the order they are asked, at most {@link #PAYERS_MAX}: the first that carries its {@code most}, else
 *     the first that carries at least its {@code least}, holding what it has; a lenient one carries all as long as it has
 *     anything left
 * @param limits cost limits of user and key, which the chosen payer's hold must fit as well
 * @param rates limits of user and key that are not money; a daily count's window must be among {@code windows}
 * @param tokens what the call counts against tokens per minute until it is settled
 * @param windows the user's and the key's windows the call counts in
 * @param sessions digests that may bind the call to an account, strongest first
 */
public record Reserve(
        RequestId id,
        UserId userId,
        ApiKeyId apiKeyId,
        List<PayerTerms> payers,
        List<CostLimit> limits,
        List<RateLimits> rates,
        long tokens,
        List<SubjectWindows> windows,
        List<String> sessions) {
    public static final int PAYERS_MAX = 8;

    public Reserve {
        if (payers.isEmpty() || payers.size() > PAYERS_MAX) {
            throw new IllegalArgumentException("1 to 8 payers: " + payers.size());
        }
        payers = List.copyOf(payers);
        limits = List.copyOf(limits);
        rates = List.copyOf(rates);
        windows = List.copyOf(windows);
        sessions = List.copyOf(sessions);
    }
}
