package dev.tollgate.persistence.sql.identity;

import dev.tollgate.application.identity.RefreshTokens;
import dev.tollgate.application.identity.TokenDigest;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.persistence.sql.Row;
import dev.tollgate.persistence.sql.Sql;
import dev.tollgate.persistence.sql.SqlTransactions;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** Refresh tokens in a table of digests; expired ones go when new ones come. */
@Singleton
final class SqlRefreshTokens implements RefreshTokens {
    private final SqlTransactions transactions;

    SqlRefreshTokens(SqlTransactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public void add(RefreshToken token) {
        transactions.run(sql -> {
            sql.update("DELETE FROM refresh_token WHERE expires_at <= ?", token.issuedAt());
            sql.update(
                    "INSERT INTO refresh_token (digest, family, user_id, epoch, issued_at, expires_at)"
                            + " VALUES (?, ?, ?, ?, ?, ?)",
                    token.digest().bytes(),
                    token.family(),
                    token.userId().value(),
                    token.epoch(),
                    token.issuedAt(),
                    token.expiresAt());
        });
    }

    @Override
    public Use use(TokenDigest digest, Instant now) {
        return transactions.write(sql -> {
            Optional<RefreshToken> found = sql.first(
                    "SELECT digest, family, user_id, epoch, issued_at, expires_at FROM refresh_token"
                            + " WHERE digest = ? AND expires_at > ?",
                    SqlRefreshTokens::read,
                    digest.bytes(),
                    now);
            return found.isEmpty() ? new Use.Unknown() : use(sql, found.get(), now);
        });
    }

    @Override
    public void endAll(UserId user) {
        transactions.run(sql -> sql.update("DELETE FROM refresh_token WHERE user_id = ?", user.value()));
    }

    private static Use use(Sql sql, RefreshToken token, Instant now) throws SQLException {
        int first = sql.updated(
                "UPDATE refresh_token SET used_at = ? WHERE digest = ? AND used_at IS NULL",
                now,
                token.digest().bytes());
        if (first == 1) {
            return new Use.First(token);
        }
        sql.update("DELETE FROM refresh_token WHERE family = ?", token.family());
        return new Use.Again(token.userId());
    }

    private static RefreshToken read(Row row) throws SQLException {
        return new RefreshToken(
                TokenDigest.of(row.bytes("digest")),
                row.number("family"),
                new UserId(row.number("user_id")),
                row.number("epoch"),
                row.instant("issued_at"),
                row.instant("expires_at"));
    }
}
