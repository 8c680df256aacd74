package dev.tollgate.persistence.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.apikey.ApiKeys;
import dev.tollgate.application.apikey.KeyDigest;
import dev.tollgate.application.apikey.KeyExamples;
import dev.tollgate.application.apikey.KeyHolder;
import dev.tollgate.application.apikey.KeyTerms;
import dev.tollgate.application.entitlement.CreditEntry;
import dev.tollgate.application.entitlement.CreditLedger;
import dev.tollgate.application.identity.Changes;
import dev.tollgate.application.identity.Examples;
import dev.tollgate.application.identity.Users;
import dev.tollgate.domain.apikey.KeyText;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Money;
import dev.tollgate.persistence.sql.TestDatabase;
import dev.tollgate.persistence.sql.apikey.KeysInUse;
import dev.tollgate.persistence.sql.entitlement.CachedWallets;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class CallersAtHandTest {
    private static final TestDatabase DATABASE = TestDatabase.start();
    private static final KeyText USED = KeyText.generate(bound -> 7);
    private static final KeyText UNUSED = KeyText.generate(bound -> 8);
    private static final UserId ANN = Examples.ann().user().id();

    private final CaffeineKeyRing ring = new CaffeineKeyRing(
            DATABASE.bean(ApiKeys.class),
            text -> List.of(digest(text)),
            DATABASE.bean(Changes.class),
            InstantSource.system(),
            Runnable::run);

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Test
    void a_key_that_was_used_needs_the_database_no_more() {
        assertThat(DATABASE.bean(Users.class).add(Examples.ann())).isTrue();
        ApiKeys keys = DATABASE.bean(ApiKeys.class);
        keys.add(KeyExamples.stored(2, KeyTerms.unrestricted("used")), digest(USED.text()));
        keys.add(KeyExamples.stored(3, KeyTerms.unrestricted("unused")), digest(UNUSED.text()));
        Money granted = DATABASE.bean(CreditLedger.class)
                .book(new CreditEntry(
                        1,
                        ANN,
                        CreditEntry.Kind.GRANT,
                        dev.tollgate.application.entitlement.Examples.DOLLAR,
                        null,
                        null,
                        null,
                        null,
                        Examples.START))
                .sum()
                .granted();
        change("INSERT INTO key_totals (api_key_id, requests, errors, input_tokens, output_tokens, cache_read_tokens,"
                + " cache_write_tokens, cost_nanos, last_used_at) VALUES (2, 1, 0, 1, 1, 0, 0, 1, 1)");
        CachedWallets wallets = DATABASE.bean(CachedWallets.class);

        assertThat(new CallersAtHand(DATABASE.bean(KeysInUse.class), ring, wallets).load())
                .isOne();
        change("DELETE FROM api_key");
        change("DELETE FROM credit_account");

        assertThat(ring.find(USED.text()))
                .map(KeyHolder::user)
                .contains(Examples.ann().user());
        assertThat(ring.find(UNUSED.text())).isEmpty();
        assertThat(wallets.credit(ANN).granted()).isEqualTo(granted);
    }

    private static KeyDigest digest(String text) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) text.hashCode();
        return new KeyDigest(bytes, "pepper");
    }

    private static void change(String statement) {
        DATABASE.transactions().run(sql -> sql.update(statement));
    }
}
