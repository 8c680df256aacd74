package dev.tollgate.persistence.sql.apikey;

import dev.tollgate.application.alert.ExpiringKeys;
import dev.tollgate.application.alert.ExpiringKeysContract;
import dev.tollgate.application.apikey.ApiKeys;
import dev.tollgate.application.apikey.KeyDigest;
import dev.tollgate.application.apikey.KeyExamples;
import dev.tollgate.application.apikey.KeyTerms;
import dev.tollgate.application.apikey.StoredKey;
import dev.tollgate.application.identity.Examples;
import dev.tollgate.application.identity.Users;
import dev.tollgate.domain.apikey.ApiKey;
import dev.tollgate.domain.apikey.KeyExpiry;
import dev.tollgate.domain.identity.Role;
import dev.tollgate.persistence.sql.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class SqlExpiringKeysTest extends ExpiringKeysContract {
    private static final TestDatabase DATABASE = TestDatabase.start();

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @BeforeEach
    void addOwner() {
        DATABASE.bean(Users.class).add(Examples.named(KeyExamples.ANN.value(), OWNER, Role.USER));
    }

    @AfterEach
    void empty() {
        DATABASE.transactions().run(sql -> {
            sql.update("DELETE FROM api_key");
            sql.update("DELETE FROM app_user");
        });
    }

    @Override
    protected ExpiringKeys keys() {
        return new SqlExpiringKeys(DATABASE.transactions());
    }

    @Override
    protected void add(long id, KeyExpiry expiry, boolean active) {
        ApiKey full = KeyExamples.full(id).key();
        KeyTerms terms = new KeyTerms(
                full.name(),
                active,
                expiry,
                full.scope(),
                full.limits(),
                full.multiplier(),
                full.billingType(),
                full.boundPackage());
        StoredKey stored = KeyExamples.stored(id, terms);
        KeyDigest digest = new KeyExamples.PlainDigests().of("key " + id).getFirst();
        DATABASE.bean(ApiKeys.class).add(stored, digest);
    }
}
