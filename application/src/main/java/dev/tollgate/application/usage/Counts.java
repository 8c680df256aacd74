package dev.tollgate.application.usage;

import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.apikey.ApiKeyId;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.relay.Settlement;
import dev.tollgate.domain.relay.Ticket;
import dev.tollgate.domain.usage.TokenClass;
import dev.tollgate.domain.usage.TokenUsage;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one settled call counts in totals, as its record does.
 *
 * @param account the one of the last attempt; null if there was none
 * @param day the UTC day of its admission
 */
public record Counts(UserId user, ApiKeyId key, @Nullable AccountId account, LocalDate day, Totals added) {
    public static Counts of(Settlement settlement) {
        Ticket ticket = settlement.ticket();
        TokenUsage tokens = settlement.usage().tokens();
        return new Counts(
                ticket.caller().userId(),
                ticket.caller().apiKeyId(),
                settlement.attempts().isEmpty()
                        ? null
                        : settlement.attempts().getLast().accountId(),
                LocalDate.ofInstant(ticket.admittedAt(), ZoneOffset.UTC),
                new Totals(
                        1,
                        settlement.status().isError() ? 1 : 0,
                        tokens.input(),
                        tokens.output(),
                        tokens.cacheRead(),
                        tokens.of(TokenClass.CACHE_WRITE_5M) + tokens.of(TokenClass.CACHE_WRITE_1H),
                        settlement.charge().total(),
                        ticket.admittedAt()));
    }

    /** Everyone whose totals it is part of. */
    public List<Totalled> whose() {
        List<Totalled> whose =
                new ArrayList<>(List.of(new Totalled.OfUser(user), new Totalled.OfKey(key), new Totalled.Everyone()));
        if (account != null) {
            whose.add(new Totalled.OfAccount(account));
        }
        return whose;
    }
}
