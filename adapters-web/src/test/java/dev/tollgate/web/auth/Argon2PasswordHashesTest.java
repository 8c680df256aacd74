package dev.tollgate.web.auth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class Argon2PasswordHashesTest {
    private final Argon2PasswordHashes passwords = new Argon2PasswordHashes(64);

    @Test
    void only_the_password_itself_matches() {
        String hash = passwords.hash("pässword");

        assertThat(hash).startsWith("$argon2id$v=19$m=64,t=2,p=1$");
        assertThat(passwords.matches("pässword", hash)).isTrue();
        assertThat(passwords.matches("Pässword", hash)).isFalse();
        assertThat(passwords.matches("", hash)).isFalse();
    }

    @Test
    void every_hash_has_a_salt_of_its_own() {
        assertThat(passwords.hash("same")).isNotEqualTo(passwords.hash("same"));
    }

    @Test
    void a_hash_made_with_other_parameters_still_matches() {
        String usual = new Argon2PasswordHashes().hash("password");

        assertThat(usual).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(passwords.matches("password", usual)).isTrue();
    }

    @Test
    void what_is_no_hash_matches_nothing() {
        assertThat(passwords.matches("password", "")).isFalse();
        assertThat(passwords.matches("password", "$argon2id$v=19$m=99999999,t=2,p=1$c2FsdA$aGFzaA"))
                .isFalse();
    }
}
