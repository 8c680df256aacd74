package dev.tollgate.persistence.secret;

import dev.tollgate.application.apikey.KeyDigest;
import dev.tollgate.application.apikey.KeyDigests;
import dev.tollgate.application.identity.Secrets;
import dev.tollgate.application.identity.Secrets.Derived;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** HMAC-SHA-256 of a key's whole text under a derived pepper: a stolen table cannot be matched offline. */
public final class HmacKeyDigests implements KeyDigests {
    private final List<Derived> peppers;

    public HmacKeyDigests(Secrets secrets) {
        this.peppers = secrets.derive("api key pepper");
    }

    @Override
    public List<KeyDigest> of(String keyText) {
        byte[] text = keyText.getBytes(StandardCharsets.UTF_8);
        return peppers.stream()
                .map(pepper -> new KeyDigest(HkdfSecrets.hmac(pepper.key(), text), pepper.keyId()))
                .toList();
    }
}
