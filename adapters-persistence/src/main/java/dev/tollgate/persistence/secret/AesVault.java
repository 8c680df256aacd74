package dev.tollgate.persistence.secret;

import dev.tollgate.application.identity.Secrets;
import dev.tollgate.application.identity.Secrets.Derived;
import dev.tollgate.application.identity.Vault;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES-256-GCM with a random nonce of 96 bits, the place as associated data: {@code v1.<key id>.<nonce>.<text and tag>}. */
public final class AesVault implements Vault {
    private static final String VERSION = "v1";
    private static final String TRANSFORMATION = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int PARTS = 4;

    private final List<Derived> keys;
    private final SecureRandom random = new SecureRandom();

    /** The vault of upstream credentials. */
    public AesVault(Secrets secrets) {
        this(secrets, "credential vault");
    }

    /** One with keys of its own: what is sealed often must not wear out the keys of what is sealed for long. */
    public AesVault(Secrets secrets, String purpose) {
        this.keys = secrets.derive(purpose);
    }

    @Override
    public String seal(String secret, Place place) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        Derived key = keys.getFirst();
        try {
            byte[] sealed =
                    cipher(Cipher.ENCRYPT_MODE, key, nonce, place).doFinal(secret.getBytes(StandardCharsets.UTF_8));
            return String.join(".", VERSION, key.keyId(), text(nonce), text(sealed));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-GCM", e);
        }
    }

    @Override
    public String open(String sealed, Place place) {
        String[] parts = sealed.split("\\.", -1);
        if (parts.length != PARTS || !parts[0].equals(VERSION)) {
            throw new CannotOpen(place);
        }
        Derived key = keys.stream()
                .filter(candidate -> candidate.keyId().equals(parts[1]))
                .findFirst()
                .orElseThrow(() -> new CannotOpen(place));
        try {
            byte[] opened =
                    cipher(Cipher.DECRYPT_MODE, key, bytes(parts[2]), place).doFinal(bytes(parts[3]));
            return new String(opened, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new CannotOpen(place);
        }
    }

    @Override
    public boolean isStale(String sealed) {
        return !sealed.startsWith(VERSION + "." + keys.getFirst().keyId() + ".");
    }

    private static Cipher cipher(int mode, Derived key, byte[] nonce, Place place) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(TRANSFORMATION);
        cipher.init(mode, new SecretKeySpec(key.key(), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        String associated = place.table() + "\n" + place.rowId() + "\n" + place.column();
        cipher.updateAAD(associated.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] bytes(String text) {
        return Base64.getUrlDecoder().decode(text);
    }
}
