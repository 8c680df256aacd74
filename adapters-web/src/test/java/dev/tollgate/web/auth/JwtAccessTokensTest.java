package dev.tollgate.web.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.tollgate.application.identity.AccessTokens;
import dev.tollgate.application.identity.AccessTokens.Claims;
import dev.tollgate.application.identity.Examples;
import dev.tollgate.application.identity.Secrets;
import dev.tollgate.domain.identity.Role;
import dev.tollgate.domain.identity.User;
import dev.tollgate.domain.identity.UserId;
import java.text.ParseException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class JwtAccessTokensTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant END = NOW.plusSeconds(600);
    private static final User ANN = Examples.named(11, "ann", Role.ADMIN).user();
    private static final Claims CLAIMS = new Claims(new UserId(11), 5);

    private final AccessTokens tokens = tokens("k1", 1);

    @Test
    void a_token_of_ours_says_whose_it_is_and_for_clients_who_that_is() throws ParseException {
        String token = tokens.issue(ANN, 5, NOW, END);

        assertThat(tokens.read(token, NOW)).contains(CLAIMS);
        JWTClaimsSet claims = SignedJWT.parse(token).getJWTClaimsSet();
        assertThat(claims.getLongClaim("user_id")).isEqualTo(11);
        assertThat(claims.getStringClaim("username")).isEqualTo("ann");
        assertThat(claims.getStringClaim("role")).isEqualTo("admin");
    }

    @Test
    void it_holds_from_its_beginning_to_just_before_its_end() {
        String token = tokens.issue(ANN, 5, NOW, END);

        assertThat(tokens.read(token, NOW.minusMillis(1))).isEmpty();
        assertThat(tokens.read(token, END.minusMillis(1))).isPresent();
        assertThat(tokens.read(token, END)).isEmpty();
    }

    @Test
    void while_the_secret_is_rotated_tokens_of_the_key_before_hold() {
        Secrets rotating = purpose -> List.of(derived("k2", 2), derived("k1", 1));

        assertThat(new JwtAccessTokens(rotating).read(tokens.issue(ANN, 5, NOW, END), NOW))
                .contains(CLAIMS);
        assertThat(tokens("k2", 2).read(tokens.issue(ANN, 5, NOW, END), NOW)).isEmpty();
        assertThat(tokens("k1", 2).read(tokens.issue(ANN, 5, NOW, END), NOW)).isEmpty();
    }

    @Test
    void no_forged_token_is_believed() throws JOSEException {
        String ours = tokens.issue(ANN, 5, NOW, END);
        String[] parts = ours.split("\\.", -1);
        String none = encoded("{\"alg\":\"none\",\"typ\":\"at+jwt\",\"kid\":\"k1\"}");

        assertRefused(none + "." + parts[1] + ".");
        assertRefused(none + "." + parts[1] + "." + parts[2]);
        assertRefused(parts[0] + "." + parts[1] + ".");
        assertRefused(parts[0] + "." + parts[1]);
        assertRefused(parts[0] + "." + encoded("{\"user_id\":11,\"epoch\":5}") + "." + parts[2]);
        assertRefused(ours + "x");
        assertRefused("x" + ours);
        assertRefused(ours + ".");
        assertRefused("");
        assertRefused("..");
        assertRefused("a".repeat(10_000));
        assertRefused(signed(JWSAlgorithm.HS512, header -> header, claims -> claims));
        assertRefused(signed(JWSAlgorithm.HS384, header -> header, claims -> claims));
        assertRefused(signed(JWSAlgorithm.HS256, header -> header.type(JOSEObjectType.JWT), claims -> claims));
        assertRefused(signed(JWSAlgorithm.HS256, header -> header.keyID("k9"), claims -> claims));
        assertRefused(signed(JWSAlgorithm.HS256, header -> header, claims -> claims.audience("tollgate-relay")));
        assertRefused(signed(
                JWSAlgorithm.HS256, header -> header, claims -> claims.audience(List.of("tollgate-api", "other"))));
        assertRefused(signed(JWSAlgorithm.HS256, header -> header, claims -> claims.issuer("somebody")));
        assertRefused(signed(JWSAlgorithm.HS256, header -> header, claims -> claims.expirationTime(null)));
        assertRefused(signed(JWSAlgorithm.HS256, header -> header, claims -> claims.notBeforeTime(null)));
        assertRefused(signed(JWSAlgorithm.HS256, header -> header, claims -> claims.claim("user_id", "eleven")));
        assertRefused(signed(JWSAlgorithm.HS256, header -> header, claims -> claims.claim("epoch", null)));
        assertThat(tokens.read(signed(JWSAlgorithm.HS256, header -> header, claims -> claims), NOW))
                .contains(CLAIMS);
    }

    private void assertRefused(String token) {
        assertThat(tokens.read(token, NOW)).as(token).isEmpty();
    }

    private static String signed(
            JWSAlgorithm algorithm, UnaryOperator<JWSHeader.Builder> header, UnaryOperator<JWTClaimsSet.Builder> claims)
            throws JOSEException {
        SignedJWT token = new SignedJWT(
                header.apply(new JWSHeader.Builder(algorithm)
                                .type(new JOSEObjectType("at+jwt"))
                                .keyID("k1"))
                        .build(),
                claims.apply(new JWTClaimsSet.Builder()
                                .issuer("tollgate")
                                .audience("tollgate-api")
                                .notBeforeTime(Date.from(NOW))
                                .expirationTime(Date.from(END))
                                .claim("user_id", 11)
                                .claim("epoch", 5))
                        .build());
        token.sign(new MACSigner(derived("k1", 1).key()));
        return token.serialize();
    }

    private static AccessTokens tokens(String keyId, int seed) {
        return new JwtAccessTokens(purpose -> List.of(derived(keyId, seed)));
    }

    /** Long enough for every algorithm, so that only our rules can refuse. */
    private static Secrets.Derived derived(String keyId, int seed) {
        byte[] key = new byte[64];
        Arrays.fill(key, (byte) seed);
        return new Secrets.Derived(keyId, key);
    }

    private static String encoded(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(UTF_8));
    }
}
