package dev.tollgate.persistence.sql.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.identity.Vault;
import dev.tollgate.application.relay.AnswerHead;
import dev.tollgate.application.relay.Header;
import dev.tollgate.application.relay.IdempotencyClaims;
import dev.tollgate.application.relay.IdempotencyClaims.Claim;
import dev.tollgate.application.relay.IdempotencyClaimsContract;
import dev.tollgate.application.relay.IdempotencyDigest;
import dev.tollgate.application.relay.RelayOutcome.Answered;
import dev.tollgate.application.usage.Calls;
import dev.tollgate.application.usage.UsageLedger;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.domain.relay.Settlement;
import dev.tollgate.persistence.secret.AesVault;
import dev.tollgate.persistence.secret.HkdfSecrets;
import dev.tollgate.persistence.secret.SecretKey;
import dev.tollgate.persistence.sql.TestDatabase;
import dev.tollgate.persistence.sql.usage.UsageTables;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SqlIdempotencyClaimsTest extends IdempotencyClaimsContract {
    private static final TestDatabase DATABASE = TestDatabase.start();
    private static final IdempotencyDigest DIGEST = new IdempotencyDigest("e".repeat(64), "f".repeat(64));
    private static final int SHARD = 7;

    private InstantSource clock;
    private SqlIdempotencyClaims claims;

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @AfterEach
    void empty() {
        DATABASE.transactions().run(sql -> sql.update("DELETE FROM idempotency_key"));
        UsageTables.empty(DATABASE);
    }

    @Override
    protected IdempotencyClaims create(InstantSource given) {
        clock = given;
        claims = claims(given, 1);
        return claims;
    }

    @Override
    protected IdempotencyClaims ofAnotherNode() {
        return claims(clock, 1);
    }

    @Override
    protected void record(Settlement settlement) {
        DATABASE.bean(UsageLedger.class).record(SHARD, List.of(settlement), null);
    }

    private static SqlIdempotencyClaims claims(InstantSource clock, int secret) {
        byte[] key = new byte[32];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) (secret * 31 + i);
        }
        Vault vault =
                new AesVault(new HkdfSecrets(SecretKey.of(Base64.getEncoder().encodeToString(key)), null), "answers");
        return new SqlIdempotencyClaims(DATABASE.transactions(), vault, clock);
    }

    @Test
    void shows_nobody_in_the_table_what_was_answered() {
        keepHello();

        String stored = DATABASE.transactions()
                .read(sql -> sql.first("SELECT answer FROM idempotency_key", row -> row.text("answer")))
                .orElseThrow();
        assertThat(stored).startsWith("v1.").doesNotContain("hello", "text/plain");
    }

    @Test
    void what_was_sealed_with_a_key_that_is_gone_is_not_given_again() {
        RequestId first = keepHello();

        assertThat(claims(clock, 2).claim(Calls.id(), DIGEST)).isEqualTo(new Claim.Ended(first, null));
    }

    private RequestId keepHello() {
        RequestId first = Calls.id();
        assertThat(claims.claim(first, DIGEST)).isEqualTo(new Claim.Taken());
        AnswerHead head = new AnswerHead(200, List.of(new Header("content-type", "text/plain")));
        claims.keep(first, DIGEST, new Answered(head, "hello".getBytes(UTF_8), Money.ZERO, List.of()));
        return first;
    }

    @Test
    void prunes_only_what_is_over() {
        RequestId fresh = keepHello();
        SqlIdempotencyClaims old = claims(() -> Instant.EPOCH, 1);
        IdempotencyDigest past = new IdempotencyDigest("0".repeat(64), "f".repeat(64));
        assertThat(old.claim(Calls.id(), past)).isEqualTo(new Claim.Taken());

        assertThat(claims.prune()).isEqualTo(1);
        assertThat(claims.claim(Calls.id(), DIGEST))
                .isInstanceOfSatisfying(
                        Claim.Ended.class, ended -> assertThat(ended.first()).isEqualTo(fresh));
    }
}
