package dev.tollgate.bootstrap.wiring;

import dev.tollgate.application.apikey.KeyDigests;
import dev.tollgate.application.identity.AccessTokens;
import dev.tollgate.application.identity.PasswordHashes;
import dev.tollgate.application.identity.Secrets;
import dev.tollgate.application.identity.Vault;
import dev.tollgate.persistence.secret.AesVault;
import dev.tollgate.persistence.secret.HkdfSecrets;
import dev.tollgate.persistence.secret.HmacKeyDigests;
import dev.tollgate.persistence.secret.SecretKey;
import dev.tollgate.persistence.secret.SecretKeyFile;
import dev.tollgate.web.auth.Argon2PasswordHashes;
import dev.tollgate.web.auth.JwtAccessTokens;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The secret key, and what is made with it. */
@Factory
final class SecretWiring {
    /** The key that was given, or else, where the database is embedded too, one kept in the data folder. */
    @Singleton
    Secrets secrets(
            @Value("${tollgate.secret-key:}") String given,
            @Value("${tollgate.secret-key-previous:}") String previous,
            @Value("${tollgate.mysql-url:}") String mysqlUrl,
            @Value("${tollgate.data-dir:./data}") String dataFolder)
            throws IOException {
        if (given.isEmpty() && !mysqlUrl.isEmpty()) {
            throw new IllegalStateException("TOLLGATE_SECRET_KEY is required with TOLLGATE_MYSQL_URL");
        }
        SecretKey present =
                given.isEmpty() ? SecretKeyFile.in(Files.createDirectories(Path.of(dataFolder))) : SecretKey.of(given);
        return new HkdfSecrets(present, previous.isEmpty() ? null : SecretKey.of(previous));
    }

    @Singleton
    Vault vault(Secrets secrets) {
        return new AesVault(secrets);
    }

    @Singleton
    KeyDigests keyDigests(Secrets secrets) {
        return new HmacKeyDigests(secrets);
    }

    @Singleton
    AccessTokens accessTokens(Secrets secrets) {
        return new JwtAccessTokens(secrets);
    }

    @Singleton
    PasswordHashes passwordHashes() {
        return new Argon2PasswordHashes();
    }
}
