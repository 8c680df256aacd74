package dev.tollgate.persistence.sql.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.relay.CostLimit;
import dev.tollgate.application.relay.LiveStore;
import dev.tollgate.application.relay.PayerTerms;
import dev.tollgate.application.relay.Reservation;
import dev.tollgate.application.relay.Reserve;
import dev.tollgate.application.usage.AuditUsage;
import dev.tollgate.application.usage.AuditUsage.Audit;
import dev.tollgate.application.usage.AuditUsage.Check;
import dev.tollgate.application.usage.AuditUsageService;
import dev.tollgate.application.usage.Calls;
import dev.tollgate.application.usage.DrainUsage;
import dev.tollgate.application.usage.DrainUsageService;
import dev.tollgate.application.usage.InMemoryUsageJournal;
import dev.tollgate.application.usage.OnePrice;
import dev.tollgate.application.usage.RecordedUsage;
import dev.tollgate.application.usage.SteppedClock;
import dev.tollgate.application.usage.UsageLedger;
import dev.tollgate.domain.entitlement.Payer;
import dev.tollgate.domain.entitlement.SpendMode;
import dev.tollgate.domain.entitlement.UserPackageId;
import dev.tollgate.domain.entitlement.Window;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.Ticket;
import dev.tollgate.persistence.embedded.EmbeddedLiveStore;
import dev.tollgate.persistence.sql.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The audit over SQL, the embedded store and a journal, with one thing changed by one. */
class AuditTest {
    private static final TestDatabase DATABASE = TestDatabase.start();
    private static final int SHARDS = 16;

    private final InMemoryUsageJournal journal = new InMemoryUsageJournal();
    private final UsageLedger ledger = DATABASE.bean(UsageLedger.class);
    private final LiveStore liveStore = new EmbeddedLiveStore(ledger, new SteppedClock(), SHARDS, 1_000);
    private final DrainUsage drainUsage = new DrainUsageService(liveStore, ledger, journal, () -> true);
    private final AuditUsage auditUsage =
            new AuditUsageService(DATABASE.bean(RecordedUsage.class), ledger, liveStore, journal, new OnePrice());

    @AfterAll
    static void stop() {
        DATABASE.close();
    }

    @AfterEach
    void empty() {
        UsageTables.empty(DATABASE);
    }

    /** Two calls in SQL, an orphan that was settled after all, one call on its way and one running. */
    @BeforeEach
    void serve() {
        settle(12);
        settle(30);
        Ticket late = call(50);
        liveStore.settle(Calls.orphan(late, 5));
        assertThat(drainUsage.drain()).isEqualTo(3);
        liveStore.settle(Calls.settled(late, 9));
        assertThat(drainUsage.drain()).isOne();
        settle(1);
        assertThat(call(50)).isNotNull();
    }

    @Test
    void finds_nothing_where_all_is_well() {
        Audit audit = auditUsage.audit();

        assertThat(audit.checks()).allMatch(Check::ok, "ok").hasSize(7);
        assertThat(audit.ok()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "usage_record,total_cost_nanos,record ",
        "usage_record,requests,record ",
        "usage_quarter,cost_nanos,usage_quarter user_id=7",
        "usage_quarter,latency_250,usage_quarter user_id=7",
        "usage_day,output_tokens,usage_day user_id=7",
        "usage_day,errors,usage_day user_id=7",
        "user_totals,cost_nanos,user_totals user_id=7",
        "key_totals,requests,key_totals api_key_id=9",
        "account_totals,cost_nanos,account_totals account_id=3",
        "account_upstream,upstream_cost_picos,account_upstream account_id=3",
        "window_usage,cost_nanos,package 15 total 0",
        "window_usage,requests,user 7 day 1795219200",
    })
    void names_what_was_changed_by_one(String table, String column, String name) {
        changeByOne(table, column);
        Audit audit = auditUsage.audit();

        assertThat(audit.ok()).isFalse();
        assertThat(audit.checks())
                .filteredOn(check -> !check.ok())
                .extracting(Check::name)
                .anyMatch(found -> found.contains(name), name);
    }

    @Test
    void tells_the_difference_to_the_nano_dollar() {
        changeByOne("user_totals", "cost_nanos");

        assertThat(auditUsage.audit().checks())
                .filteredOn(check -> !check.ok())
                .containsExactly(new Check("user_totals user_id=7 cost_nanos", false, "51", "52"));
    }

    @Test
    void misses_a_record_that_is_gone() {
        DATABASE.transactions().run(sql -> sql.update("DELETE FROM usage_record WHERE output_tokens = 12"));

        assertThat(auditUsage.audit().ok()).isFalse();
    }

    @Test
    void misses_a_call_that_only_the_journal_knows() {
        journal.sent(Calls.ticket(Calls.id(), Money.ZERO));

        assertThat(auditUsage.audit().checks())
                .filteredOn(check -> !check.ok())
                .containsExactly(new Check("calls open in the journal", false, "at most 2", "3"));
    }

    private static void changeByOne(String table, String column) {
        DATABASE.transactions().run(sql -> sql.update("UPDATE " + table + " SET " + column + " = " + column + " + 1"));
    }

    private void settle(long tokens) {
        Ticket ticket = call(50);
        journal.settled(Calls.settled(ticket, tokens));
        liveStore.settle(Calls.settled(ticket, tokens));
    }

    private Ticket call(long most) {
        Ticket ticket = Calls.ticket(Calls.id(), Money.ofNanos(most));
        PayerTerms payer = new PayerTerms(
                new Payer.OfPackage(new UserPackageId(Calls.PACKAGE.id())),
                SpendMode.STRICT,
                Money.ofNanos(most),
                Money.ofNanos(most),
                List.of(new CostLimit(Calls.PACKAGE, Window.TOTAL, Money.ofNanos(1_000), 1)),
                Calls.packageWindows());
        Reserve reserve = new Reserve(
                ticket.id(),
                Calls.USER,
                Calls.KEY,
                List.of(payer),
                List.of(),
                List.of(),
                0,
                Calls.ownWindows(),
                List.of());
        assertThat(liveStore.reserve(reserve)).isInstanceOf(Reservation.Held.class);
        journal.sent(ticket);
        assertThat(liveStore.sent(ticket)).isTrue();
        return ticket;
    }
}
