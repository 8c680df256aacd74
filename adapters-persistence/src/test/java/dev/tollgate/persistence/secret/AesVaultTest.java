package dev.tollgate.persistence.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.application.identity.Vault;
import dev.tollgate.application.identity.Vault.CannotOpen;
import dev.tollgate.application.identity.Vault.Place;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class AesVaultTest {
    private static final SecretKey OLD = key(1);
    private static final SecretKey NEW = key(2);
    private static final Place PLACE = new Place("upstream_account", 7, "credentials");

    private final Vault vault = new AesVault(new HkdfSecrets(OLD, null));

    @Test
    void what_is_sealed_opens_in_its_place_only() {
        String sealed = vault.seal("sk-ü", PLACE);

        assertThat(vault.open(sealed, PLACE)).isEqualTo("sk-ü");
        assertRefused(sealed, new Place("upstream_account", 8, "credentials"));
        assertRefused(sealed, new Place("upstream_account", 7, "proxy_url"));
        assertRefused(sealed, new Place("webhook", 7, "credentials"));
    }

    @Test
    void sealing_twice_gives_two_texts_and_neither_shows_the_secret() {
        assertThat(vault.seal("sk-secret", PLACE))
                .startsWith("v1.")
                .doesNotContain("secret")
                .isNotEqualTo(vault.seal("sk-secret", PLACE));
    }

    @Test
    void a_text_changed_anywhere_does_not_open() {
        String sealed = vault.seal("sk-secret", PLACE);
        for (int i = 0; i < sealed.length(); i++) {
            char changed = sealed.charAt(i) == 'A' ? 'B' : 'A';
            String forged = sealed.substring(0, i) + changed + sealed.substring(i + 1);
            boolean sameBits = i == sealed.length() - 1 || sealed.charAt(i) == changed;
            if (!sameBits) {
                assertRefused(forged, PLACE);
            }
        }
        assertRefused("", PLACE);
        assertRefused("v1.a.b", PLACE);
        assertRefused("v1.....", PLACE);
    }

    @Test
    void while_the_key_is_rotated_both_open_and_the_old_is_stale() {
        String sealed = vault.seal("sk-secret", PLACE);
        Vault rotating = new AesVault(new HkdfSecrets(NEW, OLD));
        Vault rotated = new AesVault(new HkdfSecrets(NEW, null));

        assertThat(rotating.open(sealed, PLACE)).isEqualTo("sk-secret");
        assertThat(rotating.isStale(sealed)).isTrue();
        String again = rotating.seal("sk-secret", PLACE);
        assertThat(rotating.isStale(again)).isFalse();
        assertThat(rotated.open(again, PLACE)).isEqualTo("sk-secret");
        assertThatThrownBy(() -> rotated.open(sealed, PLACE)).isInstanceOf(CannotOpen.class);
    }

    private void assertRefused(String sealed, Place place) {
        assertThatThrownBy(() -> vault.open(sealed, place)).isInstanceOf(CannotOpen.class);
    }

    private static SecretKey key(int seed) {
        byte[] bytes = new byte[32];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 5 + seed);
        }
        return SecretKey.of(Base64.getEncoder().encodeToString(bytes));
    }
}
