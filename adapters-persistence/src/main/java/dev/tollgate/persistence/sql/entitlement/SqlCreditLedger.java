package dev.tollgate.persistence.sql.entitlement;

import dev.tollgate.application.entitlement.CreditEntry;
import dev.tollgate.application.entitlement.CreditLedger;
import dev.tollgate.application.entitlement.Wallets;
import dev.tollgate.application.identity.Changes;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.persistence.sql.Row;
import dev.tollgate.persistence.sql.Sql;
import dev.tollgate.persistence.sql.SqlFailure;
import dev.tollgate.persistence.sql.SqlTransactions;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The credit ledger in a table, beside a row for each user that serialises bookings and gives them versions. */
@Singleton
final class SqlCreditLedger implements CreditLedger {
    private final SqlTransactions transactions;

    SqlCreditLedger(SqlTransactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Booked book(CreditEntry entry) {
        return booked(entry, sql -> true).orElseThrow();
    }

    @Override
    public Optional<Booked> refund(CreditEntry entry, Money charge) {
        return booked(entry, sql -> refunded(sql, entry).plus(entry.amount()).compareTo(charge) <= 0);
    }

    /** The reference's key has the last word: H2 may show a waiting booking the ledger as it was before its lock. */
    private Optional<Booked> booked(CreditEntry entry, Check mayBeAdded) {
        try {
            return bookedUnlessThere(entry, mayBeAdded);
        } catch (SqlFailure failure) {
            String reference = entry.reference();
            if (reference == null || !failure.isDuplicate()) {
                throw failure;
            }
            CreditEntry before = find(entry.user(), reference).orElseThrow(() -> failure);
            Wallets.Credit sum = sums(Set.of(entry.user())).getOrDefault(entry.user(), Wallets.Credit.NONE);
            return Optional.of(new Booked(before, true, sum));
        }
    }

    private Optional<Booked> bookedUnlessThere(CreditEntry entry, Check mayBeAdded) {
        transactions.run(sql -> sql.update(
                "INSERT INTO credit_account (user_id, granted, version) VALUES (?, 0, 0)"
                        + " ON DUPLICATE KEY UPDATE version = version",
                entry.user().value()));
        return transactions.write(sql -> {
            Wallets.Credit sum = lock(sql, entry.user());
            Optional<CreditEntry> before =
                    entry.reference() == null ? Optional.empty() : find(sql, entry.user(), entry.reference());
            if (before.isPresent()) {
                return Optional.of(new Booked(before.get(), true, sum));
            }
            return mayBeAdded.holds(sql)
                    ? Optional.of(new Booked(entry, false, add(sql, entry, sum)))
                    : Optional.<Booked>empty();
        });
    }

    private static Money refunded(Sql sql, CreditEntry entry) throws SQLException {
        return Money.ofNanos(sql.number(
                "SELECT SUM(amount) FROM credit_entry WHERE user_id = ? AND request_id = ?",
                entry.user().value(),
                text(entry.call())));
    }

    private static @Nullable String text(@Nullable RequestId call) {
        return call == null ? null : call.text();
    }

    @Override
    public Optional<CreditEntry> find(UserId user, String reference) {
        return transactions.read(sql -> find(sql, user, reference));
    }

    @Override
    public List<CreditEntry> entries(UserId user, @Nullable Long before, int limit) {
        return transactions.read(sql -> sql.list(
                "SELECT * FROM credit_entry WHERE user_id = ? AND id < ? ORDER BY id DESC LIMIT ?",
                SqlCreditLedger::entry,
                user.value(),
                before == null ? Long.MAX_VALUE : before,
                limit));
    }

    @Override
    public Map<UserId, Wallets.Credit> sums(Collection<UserId> users) {
        if (users.isEmpty()) {
            return Map.of();
        }
        String query = "SELECT * FROM credit_account WHERE version > 0 AND user_id IN (" + Ids.marks(users) + ")";
        Map<UserId, Wallets.Credit> sums = new HashMap<>();
        transactions
                .read(sql -> sql.list(
                        query,
                        row -> Map.entry(new UserId(row.number("user_id")), sum(row)),
                        Ids.of(users, UserId::value)))
                .forEach(found -> sums.put(found.getKey(), found.getValue()));
        return sums;
    }

    private static Wallets.Credit lock(Sql sql, UserId user) throws SQLException {
        return sql.first(
                        "SELECT * FROM credit_account WHERE user_id = ? FOR UPDATE", SqlCreditLedger::sum, user.value())
                .orElseThrow();
    }

    private static Wallets.Credit add(Sql sql, CreditEntry entry, Wallets.Credit before) throws SQLException {
        Wallets.Credit sum = new Wallets.Credit(before.granted().plus(entry.amount()), before.version() + 1);
        UserId actor = entry.actor();
        sql.update(
                """
                INSERT INTO credit_entry (id, user_id, kind, amount, reason, reference, request_id, actor_id, occurred_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                entry.id(),
                entry.user().value(),
                entry.kind(),
                entry.amount(),
                entry.reason(),
                entry.reference(),
                text(entry.call()),
                actor == null ? null : actor.value(),
                entry.at());
        sql.update(
                "UPDATE credit_account SET granted = ?, version = ? WHERE user_id = ?",
                sum.granted(),
                sum.version(),
                entry.user().value());
        sql.changed(Changes.Kind.CREDIT, entry.user().value());
        return sum;
    }

    private static Optional<CreditEntry> find(Sql sql, UserId user, String reference) throws SQLException {
        return sql.first(
                "SELECT * FROM credit_entry WHERE user_id = ? AND reference = ?",
                SqlCreditLedger::entry,
                user.value(),
                reference);
    }

    private static Wallets.Credit sum(Row row) throws SQLException {
        return new Wallets.Credit(row.money("granted"), row.number("version"));
    }

    private static CreditEntry entry(Row row) throws SQLException {
        Long actor = row.numberOrNull("actor_id");
        String call = row.textOrNull("request_id");
        return new CreditEntry(
                row.number("id"),
                new UserId(row.number("user_id")),
                row.constant("kind", CreditEntry.Kind.class),
                row.money("amount"),
                row.textOrNull("reason"),
                row.textOrNull("reference"),
                call == null ? null : RequestId.of(call),
                actor == null ? null : new UserId(actor),
                row.instant("occurred_at"));
    }

    /** Asked while the user's ledger is locked. */
    private interface Check {
        boolean holds(Sql sql) throws SQLException;
    }
}
