package dev.tollgate.application.apikey;

import dev.tollgate.application.identity.Examples;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.apikey.ApiKeyId;
import dev.tollgate.domain.apikey.BillingType;
import dev.tollgate.domain.apikey.Cidr;
import dev.tollgate.domain.apikey.KeyExpiry;
import dev.tollgate.domain.apikey.KeyLimits;
import dev.tollgate.domain.apikey.KeyScope;
import dev.tollgate.domain.entitlement.UserPackageId;
import dev.tollgate.domain.identity.GroupId;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.money.Multiplier;
import dev.tollgate.domain.pricing.ModelPatterns;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Set;

/** Keys for tests. */
public final class KeyExamples {
    public static final UserId ANN = new UserId(11);

    private KeyExamples() {}

    /** A key with something in every field. */
    public static StoredKey full(long id) {
        KeyTerms terms = new KeyTerms(
                "everything",
                true,
                new KeyExpiry(Examples.START.plusSeconds(900), 30, null),
                new KeyScope(
                        new ModelPatterns(Set.of("gpt-*", "claude-opus-4")),
                        new ModelPatterns(Set.of("gpt-4")),
                        Set.of("openai"),
                        Set.of(new Cidr("10.0.0.0/8"), new Cidr("2001:db8::/32")),
                        Set.of(new GroupId(5)),
                        Set.of(new AccountId(6), new AccountId(7))),
                new KeyLimits(1, 2, 3, 4, Money.ofNanos(5), Money.ofNanos(6), Money.ofNanos(7)),
                Multiplier.of("0.5"),
                BillingType.SUBSCRIPTION,
                new UserPackageId(8));
        return stored(id, terms);
    }

    public static StoredKey stored(long id, KeyTerms terms) {
        return new StoredKey(
                terms.key(new ApiKeyId(id), ANN), "tg-prefix" + id, "last", Examples.START, Examples.START);
    }

    /** Digests without a pepper. */
    public static final class PlainDigests implements KeyDigests {
        @Override
        public List<KeyDigest> of(String keyText) {
            return List.of(digest(keyText));
        }
    }

    public static KeyDigest digest(String text) {
        try {
            byte[] bytes = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return new KeyDigest(bytes, "plain");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
