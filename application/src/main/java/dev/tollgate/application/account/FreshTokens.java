package dev.tollgate.application.account;

import dev.tollgate.domain.account.AccountId;
import java.time.Duration;
import java.util.Optional;

/**
 * Use case: access tokens of OAuth accounts that can be sent with. One refresh at a time for an account, over all nodes:
 * two with one refresh token would invalidate one another.
 */
public interface FreshTokens {
    /** Tokens are renewed so long before they run out. */
    Duration AHEAD = Duration.ofMinutes(10);

    /** The longest a token address is waited for. */
    Duration ASK_MAX = Duration.ofSeconds(10);

    /**
     * The account's access token. Where it has run out it is renewed first, which may block for {@link #ASK_MAX} and
     * as long again for another node's renewal; where that fails the old one is given, and the provider has the word.
     */
    String token(AccountId account);

    /**
     * Renews a token that the provider refused, unless that has been done since.
     *
     * @return the token to try instead, empty if there is none
     */
    Optional<String> afterRefusal(AccountId account, String refused);

    /** Renews every token that runs out soon; to be run once a minute. */
    void renewSoonEnding();

    /** Renews an account's token now. @return what came of it; empty if there is no such account to renew */
    Optional<Renewal> renew(AccountId account);

    /** What a renewal on demand came to. */
    sealed interface Renewal {
        record Renewed() implements Renewal {}

        /** @param words why, for operators */
        record Failed(String words) implements Renewal {}
    }
}
