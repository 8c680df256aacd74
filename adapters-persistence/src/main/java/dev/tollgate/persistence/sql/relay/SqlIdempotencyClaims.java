package dev.tollgate.persistence.sql.relay;

import dev.tollgate.application.identity.StoreUnavailable;
import dev.tollgate.application.identity.Vault;
import dev.tollgate.application.relay.IdempotencyClaims;
import dev.tollgate.application.relay.IdempotencyDigest;
import dev.tollgate.application.relay.RelayOutcome;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.persistence.sql.Row;
import dev.tollgate.persistence.sql.SqlFailure;
import dev.tollgate.persistence.sql.SqlTransactions;
import dev.tollgate.persistence.sql.usage.RequestIds;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Claims as rows of a table: the insert decides, and what was answered is sealed beside it. */
public final class SqlIdempotencyClaims implements IdempotencyClaims {
    private static final Logger LOG = LoggerFactory.getLogger("tollgate.sync");
    private static final int PRUNED_MAX = 100;
    private static final int OWED_MAX = 10_000;
    private static final int TRIES_MAX = 10;

    private final SqlTransactions transactions;
    private final Vault vault;
    private final InstantSource clock;
    /** Releases the database has not been told. */
    private final BlockingQueue<Release> owed = new ArrayBlockingQueue<>(OWED_MAX);

    public SqlIdempotencyClaims(SqlTransactions transactions, Vault vault, InstantSource clock) {
        this.transactions = transactions;
        this.vault = vault;
        this.clock = clock;
    }

    private record Release(RequestId id, String key) {}

    /**
     * A row.
     *
     * @param ended whether it says so, or the usage records do
     */
    private record Held(
            RequestId id,
            String call,
            long expiresAt,
            boolean ended,
            @Nullable String answer) {}

    @Override
    public Claim claim(RequestId id, IdempotencyDigest digest) {
        for (int tries = 0; tries < TRIES_MAX; tries++) {
            Held held = find(digest);
            if (held != null && clock.millis() < held.expiresAt()) {
                return claimOf(held, digest);
            }
            if (held != null) {
                forget(held, digest);
            }
            if (insert(id, digest)) {
                return new Claim.Taken();
            }
        }
        throw new StoreUnavailable("an idempotency key changes hands all the time", null);
    }

    private Claim claimOf(Held held, IdempotencyDigest digest) {
        if (!held.call().equals(digest.call())) {
            return new Claim.OtherCall(held.id());
        }
        return held.ended() ? new Claim.Ended(held.id(), opened(held, digest)) : new Claim.Open(held.id());
    }

    private @Nullable Held find(IdempotencyDigest digest) {
        return transactions
                .read(sql -> sql.first(
                        "SELECT k.call_digest, k.request_id, k.expires_at, k.answer,"
                                + " k.ended OR EXISTS (SELECT 1 FROM usage_record r WHERE r.request_id = k.request_id)"
                                + " AS has_ended FROM idempotency_key k WHERE k.key_digest = ?",
                        SqlIdempotencyClaims::held,
                        digest.key()))
                .orElse(null);
    }

    /** Whether the row is this call's: of several at once the database lets one in. */
    private boolean insert(RequestId id, IdempotencyDigest digest) {
        try {
            transactions.run(sql -> sql.update(
                    "INSERT INTO idempotency_key (key_digest, call_digest, request_id, ended, expires_at)"
                            + " VALUES (?, ?, ?, FALSE, ?)",
                    digest.key(),
                    digest.call(),
                    RequestIds.bytes(id),
                    clock.instant().plus(KEPT).toEpochMilli()));
            return true;
        } catch (SqlFailure failure) {
            if (failure.isDuplicate()) {
                return false;
            }
            throw failure;
        } catch (StoreUnavailable away) {
            release(id, digest); // whether the insert was committed is not known
            throw away;
        }
    }

    private void forget(Held over, IdempotencyDigest digest) {
        transactions.run(sql -> sql.update(
                "DELETE FROM idempotency_key WHERE key_digest = ? AND request_id = ?",
                digest.key(),
                RequestIds.bytes(over.id())));
    }

    private static Held held(Row row) throws SQLException {
        return new Held(
                RequestIds.of(row.bytes("request_id")),
                row.text("call_digest"),
                row.number("expires_at"),
                row.flag("has_ended"),
                row.textOrNull("answer"));
    }

    private RelayOutcome.@Nullable Answered opened(Held held, IdempotencyDigest digest) {
        if (held.answer() == null) {
            return null;
        }
        try {
            return AnswerText.read(vault.open(held.answer(), place(digest)));
        } catch (Vault.CannotOpen e) {
            LOG.info("an answer sealed with a secret key we no longer have is not given again");
            return null;
        }
    }

    @Override
    public void keep(RequestId id, IdempotencyDigest digest, RelayOutcome.@Nullable Answered answer) {
        String sealed = answer == null ? null : vault.seal(AnswerText.of(answer), place(digest));
        try {
            transactions.run(sql -> sql.update(
                    "UPDATE idempotency_key SET ended = TRUE, answer = ? WHERE key_digest = ? AND request_id = ?",
                    sealed,
                    digest.key(),
                    RequestIds.bytes(id)));
        } catch (StoreUnavailable | SqlFailure e) {
            LOG.warn("the answer of call {} cannot be given again: {}", id.text(), e.getMessage());
        }
    }

    @Override
    public void release(RequestId id, IdempotencyDigest digest) {
        Release release = new Release(id, digest.key());
        try {
            delete(release);
        } catch (StoreUnavailable | SqlFailure e) {
            if (!owed.offer(release)) {
                LOG.warn("an idempotency key stays taken by call {}, which nobody is charged for", id.text());
            }
        }
    }

    private void delete(Release release) {
        transactions.run(sql -> sql.update(
                "DELETE FROM idempotency_key WHERE key_digest = ? AND request_id = ? AND ended = FALSE",
                release.key(),
                RequestIds.bytes(release.id())));
    }

    /** Tells the database what it could not be told before. To be run every second or so. */
    public synchronized void flush() {
        Release release = owed.peek();
        while (release != null) {
            try {
                delete(release);
            } catch (StoreUnavailable | SqlFailure e) {
                return; // next time
            }
            boolean done = owed.remove(release);
            assert done;
            release = owed.peek();
        }
    }

    /** Deletes what is no longer claimed, a bounded number at a time. @return how many */
    public int prune() {
        return transactions.write(sql ->
                sql.updated("DELETE FROM idempotency_key WHERE expires_at <= ? LIMIT " + PRUNED_MAX, clock.millis()));
    }

    /** The digest is of 256 bits: what is sealed for one key opens under no other. */
    private static Vault.Place place(IdempotencyDigest digest) {
        return new Vault.Place("idempotency_key", 0, "answer of " + digest.key());
    }
}
