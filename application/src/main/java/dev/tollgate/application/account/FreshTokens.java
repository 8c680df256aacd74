package dev.tollgate.application.account;

import dev.tollgate.domain.account.AccountId;
import java.time.Duration;
import java.util.Optional;

/** Use case: access tokens of OAuth accounts that can be sent with. */
public interface FreshTokens {
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
}
