package dev.tollgate.application.account;

import dev.tollgate.application.identity.Vault;
import dev.tollgate.domain.account.AccountId;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Seals and opens accounts' credentials, each bound to its row and field. */
public final class Credentials {
    private static final String MASK = "••••";
    private static final int SHOWN = 4;
    /** A shorter secret shows nothing of itself: four characters would be too much of it. */
    private static final int LENGTH_TO_SHOW = 12;

    private final Vault vault;

    public Credentials(Vault vault) {
        this.vault = vault;
    }

    Map<String, String> seal(AccountId account, Map<String, String> credentials) {
        Map<String, String> kept = new HashMap<>();
        credentials.forEach((field, secret) -> kept.put(field, vault.seal(secret, place(account, field))));
        return kept;
    }

    /** @throws Vault.CannotOpen if they were sealed elsewhere or by a key we do not have */
    Map<String, String> open(StoredAccount stored) {
        Map<String, String> opened = new HashMap<>();
        AccountId id = stored.account().id();
        stored.sealedCredentials()
                .forEach((field, ciphertext) -> opened.put(field, vault.open(ciphertext, place(id, field))));
        return opened;
    }

    /** Whether they were sealed by a key that has changed since, and can be opened. */
    boolean areStale(StoredAccount stored) {
        if (stored.sealedCredentials().values().stream().noneMatch(vault::isStale)) {
            return false;
        }
        try {
            Map<String, String> unused = open(stored);
            return true;
        } catch (Vault.CannotOpen lost) {
            return false; // calls with this account tell of it
        }
    }

    /** The same account, its credentials sealed by the present key. */
    StoredAccount sealedAgain(StoredAccount stored) {
        return areStale(stored) ? stored.with(seal(stored.account().id(), open(stored))) : stored;
    }

    /** What reads may show: {@code ••••1234}, by field. */
    public Map<String, String> masked(StoredAccount stored) {
        Map<String, String> masked = new TreeMap<>();
        AccountId id = stored.account().id();
        stored.sealedCredentials()
                .forEach((field, ciphertext) -> masked.put(field, masked(ciphertext, place(id, field))));
        return masked;
    }

    /** The credentials that hold after an edit: null clears a field, a mask sent back leaves it. */
    static Map<String, String> edited(Map<String, String> current, Map<String, @Nullable String> given) {
        Map<String, String> edited = new HashMap<>(current);
        given.forEach((field, secret) -> {
            if (secret == null) {
                edited.remove(field);
            } else if (!isMask(secret)) {
                edited.put(field, secret);
            }
        });
        return edited;
    }

    private String masked(String sealed, Vault.Place place) {
        try {
            return mask(vault.open(sealed, place));
        } catch (Vault.CannotOpen lost) {
            return MASK;
        }
    }

    /** What may be shown of a secret. */
    public static String mask(String secret) {
        return secret.length() < LENGTH_TO_SHOW ? MASK : MASK + secret.substring(secret.length() - SHOWN);
    }

    /** Whether a text is what reads show of a secret, sent back. */
    public static boolean isMask(String text) {
        return text.startsWith(MASK);
    }

    private static Vault.Place place(AccountId account, String field) {
        return new Vault.Place("account", account.value(), "credentials." + field);
    }
}
