package dev.tollgate.persistence.secret;

import dev.tollgate.application.identity.Secrets;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Derives keys by HKDF with HMAC-SHA-256 (RFC 5869), one block each, the purpose being the info. */
public final class HkdfSecrets implements Secrets {
    private static final String SALT = "tollgate secrets v1";
    private static final String KEY_ID = "key id";
    private static final int KEY_ID_BYTES = 4;

    private final List<SecretKey> keys;

    /** Derives from the present key and, while the secret is rotated, from the one before. */
    public HkdfSecrets(SecretKey present, @Nullable SecretKey previous) {
        this.keys = previous == null ? List.of(present) : List.of(present, previous);
    }

    @Override
    public List<Derived> derive(String purpose) {
        return keys.stream()
                .map(key -> new Derived(keyId(key), expand(key, purpose)))
                .toList();
    }

    private static String keyId(SecretKey key) {
        return HexFormat.of().formatHex(expand(key, KEY_ID), 0, KEY_ID_BYTES);
    }

    private static byte[] expand(SecretKey key, String purpose) {
        byte[] pseudoRandomKey = hmac(SALT.getBytes(StandardCharsets.US_ASCII), key.bytes());
        byte[] info = (purpose + "\u0001").getBytes(StandardCharsets.UTF_8);
        return hmac(pseudoRandomKey, info);
    }

    static byte[] hmac(byte[] key, byte[] message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC-SHA-256", e);
        }
    }
}
