package dev.tollgate.persistence.sql.identity;

import dev.tollgate.application.identity.Leases;
import dev.tollgate.persistence.sql.Row;
import dev.tollgate.persistence.sql.SqlTransactions;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Leases in a table: a row for each name, locked while it changes hands. */
@Singleton
final class SqlLeases implements Leases {
    private final SqlTransactions transactions;
    private final InstantSource clock;

    SqlLeases(SqlTransactions transactions, InstantSource clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public Optional<Lease> take(String name, Duration time) {
        Instant now = clock.instant();
        return transactions.write(sql -> {
            sql.update(
                    "INSERT INTO lease (name, fence, held_until) VALUES (?, 0, ?) ON DUPLICATE KEY UPDATE fence = fence",
                    name,
                    Instant.EPOCH);
            Lease held = sql.first("SELECT * FROM lease WHERE name = ? FOR UPDATE", SqlLeases::lease, name)
                    .orElseThrow();
            boolean isFree = held.until().equals(Instant.EPOCH)
                    || !now.isBefore(held.until().plus(SKEW_MAX));
            if (!isFree) {
                return Optional.empty();
            }
            Lease taken = new Lease(name, held.fence() + 1, now.plus(time));
            sql.update("UPDATE lease SET fence = ?, held_until = ? WHERE name = ?", taken.fence(), taken.until(), name);
            return Optional.of(taken);
        });
    }

    @Override
    public Optional<Lease> renew(Lease lease, Duration time) {
        Lease renewed = new Lease(lease.name(), lease.fence(), clock.instant().plus(time));
        int found = transactions.write(sql -> sql.updated(
                "UPDATE lease SET held_until = ? WHERE name = ? AND fence = ? AND held_until > ?",
                renewed.until(),
                lease.name(),
                lease.fence(),
                Instant.EPOCH));
        return found == 1 ? Optional.of(renewed) : Optional.empty();
    }

    @Override
    public void giveBack(Lease lease) {
        transactions.run(sql -> sql.update(
                "UPDATE lease SET held_until = ? WHERE name = ? AND fence = ?",
                Instant.EPOCH,
                lease.name(),
                lease.fence()));
    }

    private static Lease lease(Row row) throws SQLException {
        return new Lease(row.text("name"), row.number("fence"), row.instant("held_until"));
    }
}
