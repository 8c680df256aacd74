package dev.tollgate.application.identity;

import static dev.tollgate.application.identity.Examples.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.identity.RefreshTokens.RefreshToken;
import dev.tollgate.application.identity.RefreshTokens.Use;
import dev.tollgate.domain.identity.UserId;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What every store of refresh tokens does. */
public abstract class RefreshTokensContract {
    private static final UserId ANN = new UserId(11);
    private static final Instant EXPIRY = START.plusSeconds(60);

    protected abstract RefreshTokens tokens();

    @Test
    void a_token_is_good_once_and_a_second_use_ends_its_family() {
        tokens().add(token("first", 1));
        tokens().add(token("sibling", 1));
        tokens().add(token("stranger", 2));

        assertThat(use("first")).isEqualTo(new Use.First(token("first", 1)));
        assertThat(use("first")).isEqualTo(new Use.Again(ANN));
        assertThat(use("sibling")).isEqualTo(new Use.Unknown());
        assertThat(use("stranger")).isInstanceOf(Use.First.class);
    }

    @Test
    void a_token_is_unknown_from_its_expiry_on() {
        tokens().add(token("late", 1));
        tokens().add(token("in time", 2));

        assertThat(tokens().use(TokenDigest.of("late"), EXPIRY)).isEqualTo(new Use.Unknown());
        assertThat(tokens().use(TokenDigest.of("in time"), EXPIRY.minusNanos(1000)))
                .isInstanceOf(Use.First.class);
    }

    @Test
    void all_of_a_users_tokens_can_be_ended() {
        tokens().add(token("mine", 1));

        tokens().endAll(new UserId(12));
        tokens().endAll(ANN);

        assertThat(use("mine")).isEqualTo(new Use.Unknown());
        assertThat(use("never given out")).isEqualTo(new Use.Unknown());
    }

    private Use use(String text) {
        return tokens().use(TokenDigest.of(text), START.plusSeconds(1));
    }

    private static RefreshToken token(String text, long family) {
        return new RefreshToken(TokenDigest.of(text), family, ANN, 3, START, EXPIRY);
    }
}
