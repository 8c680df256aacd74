package dev.tollgate.web.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.tollgate.application.identity.AccessTokens;
import dev.tollgate.application.identity.Secrets;
import dev.tollgate.application.identity.Secrets.Derived;
import dev.tollgate.domain.identity.User;
import dev.tollgate.domain.identity.UserId;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * Access tokens as JWTs signed by HS256 under a derived key, checked as RFC 8725 asks: the algorithm, the type, issuer
 * and audience are fixed here and not taken from the token. The username and role in it are for clients to show.
 */
public final class JwtAccessTokens implements AccessTokens {
    private static final String ISSUER = "tollgate";
    private static final String AUDIENCE = "tollgate-api";
    private static final JOSEObjectType TYPE = new JOSEObjectType("at+jwt");
    private static final int LENGTH_MAX = 2048;

    private final List<Derived> keys;

    public JwtAccessTokens(Secrets secrets) {
        this.keys = secrets.derive("access tokens");
    }

    @Override
    public String issue(User user, long epoch, Instant issuedAt, Instant expiresAt) {
        Derived key = keys.getFirst();
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.HS256)
                .type(TYPE)
                .keyID(key.keyId())
                .build();
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(AUDIENCE)
                .subject(String.valueOf(user.id().value()))
                .jwtID(UUID.randomUUID().toString())
                .issueTime(Date.from(issuedAt))
                .notBeforeTime(Date.from(issuedAt))
                .expirationTime(Date.from(expiresAt))
                .claim("user_id", user.id().value())
                .claim("username", user.username())
                .claim("role", user.role().name().toLowerCase(Locale.ROOT))
                .claim("epoch", epoch)
                .build();
        try {
            SignedJWT token = new SignedJWT(header, claims);
            token.sign(new MACSigner(key.key()));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("a derived key signs", e);
        }
    }

    @Override
    public Optional<Claims> read(String token, Instant now) {
        if (token.length() > LENGTH_MAX) {
            return Optional.empty();
        }
        try {
            SignedJWT signed = SignedJWT.parse(token);
            return isOurs(signed) ? claims(signed.getJWTClaimsSet(), now) : Optional.empty();
        } catch (ParseException | JOSEException notAToken) {
            return Optional.empty();
        }
    }

    private boolean isOurs(SignedJWT token) throws JOSEException {
        JWSHeader header = token.getHeader();
        boolean ourForm = JWSAlgorithm.HS256.equals(header.getAlgorithm())
                && TYPE.equals(header.getType())
                && header.getCriticalParams() == null;
        if (!ourForm) {
            return false;
        }
        for (Derived key : keys) {
            if (key.keyId().equals(header.getKeyID())) {
                return token.verify(new MACVerifier(key.key()));
            }
        }
        return false;
    }

    private static Optional<Claims> claims(JWTClaimsSet claims, Instant now) throws ParseException {
        Date notBefore = claims.getNotBeforeTime();
        Date expires = claims.getExpirationTime();
        boolean inTime = notBefore != null
                && expires != null
                && !now.isBefore(notBefore.toInstant())
                && now.isBefore(expires.toInstant());
        boolean forUs = ISSUER.equals(claims.getIssuer()) && List.of(AUDIENCE).equals(claims.getAudience());
        Long userId = claims.getLongClaim("user_id");
        Long epoch = claims.getLongClaim("epoch");
        if (!inTime || !forUs || userId == null || epoch == null) {
            return Optional.empty();
        }
        return Optional.of(new Claims(new UserId(userId), epoch));
    }
}
