package dev.tollgate.application.account;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** An OAuth provider's token address (RFC 6749, section 6). */
public interface TokenEndpoint {
    /**
     * What is needed to ask.
     *
     * @param clientId null where the provider wants none
     */
    record Ask(
            String tokenUrl,
            @Nullable String clientId,
            String refreshToken,
            @Nullable String proxyUrl) {
        @Override
        public String toString() {
            return "Ask[tokenUrl=" + tokenUrl + "]";
        }
    }

    /** What was said. */
    sealed interface Said {
        /**
         * A new pair; the old refresh token is no good any more.
         *
         * @param refreshToken null if the old one stays good
         * @param expiresIn null if it was not said
         */
        record Issued(
                String accessToken,
                @Nullable String refreshToken,
                @Nullable Duration expiresIn) implements Said {
            @Override
            public String toString() {
                return "Issued[expiresIn=" + expiresIn + "]";
            }
        }

        /** The refresh token is refused: somebody has to sign in again. */
        record Refused(String words) implements Said {}

        /** Nothing was learnt. */
        record Unreachable(String words) implements Said {}
    }

    /** Asks for a new pair; blocks for {@link FreshTokens#ASK_MAX} at most and never throws for what the network does. */
    Said refresh(Ask ask);
}
