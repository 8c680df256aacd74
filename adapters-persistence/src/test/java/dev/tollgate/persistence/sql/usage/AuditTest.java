package dev.tollgate.persistence.sql.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.identity.Leases;
import dev.tollgate.application.relay.CostLimit;
import dev.tollgate.application.relay.PayerTerms;
import dev.tollgate.application.relay.Reservation;
import dev.tollgate.application.relay.Reserve;
import dev.tollgate.application.usage.AuditUsage;
import dev.tollgate.application.usage.AuditUsage.Audit;
import dev.tollgate.application.usage.AuditUsage.Check;
import dev.tollgate.application.usage.AuditUsageService;
import dev.tollgate.application.usage.Calls;
import dev.tollgate.application.usage.CloseCallsService;
import dev.tollgate.application.usage.DrainUsage;
import dev.tollgate.application.usage.DrainUsageService;
import dev.tollgate.application.usage.InMemoryUsageJournal;
import dev.tollgate.application.usage.LiveCounters.Correction;
import dev.tollgate.application.usage.OnePrice;
import dev.tollgate.application.usage.RecordedTotals;
import dev.tollgate.application.usage.RecordedUsage;
import dev.tollgate.application.usage.RepairUsage;
import dev.tollgate.application.usage.RepairUsage.Change;
import dev.tollgate.application.usage.RepairUsage.Repair;
import dev.tollgate.application.usage.RepairUsageService;
import dev.tollgate.application.usage.SteppedClock;
import dev.tollgate.application.usage.UsageLedger;
import dev.tollgate.application.usage.WarmTotals;
import dev.tollgate.application.usage.WarmTotalsService;
import dev.tollgate.domain.entitlement.Payer;
import dev.tollgate.domain.entitlement.SpendMode;
import dev.tollgate.domain.entitlement.UserPackageId;
import dev.tollgate.domain.entitlement.Window;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.Ticket;
import dev.tollgate.persistence.embedded.EmbeddedLiveStore;
import dev.tollgate.persistence.sql.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The audit over SQL, the embedded store and a journal, with one thing changed by one. */
class AuditTest {
    private static final TestDatabase DATABASE = TestDatabase.start();
    private static final int SHARDS = 16;

    private final InMemoryUsageJournal journal = new InMemoryUsageJournal();
    private final UsageLedger ledger = DATABASE.bean(UsageLedger.class);
    private final EmbeddedLiveStore liveStore = new EmbeddedLiveStore(ledger, new SteppedClock(), SHARDS, 1_000);
    private final DrainUsage drainUsage =
            new DrainUsageService(liveStore, ledger, journal, (shard, calls) -> {}, () -> true);
    private final SteppedClock clock = new SteppedClock();
    private final RecordedTotals totals = DATABASE.bean(RecordedTotals.class);
    private final WarmTotals warmTotals =
            new WarmTotalsService(liveStore, totals, liveStore, () -> List.of(Calls.ACCOUNT), clock);
    private final RecordedUsage recorded = DATABASE.bean(RecordedUsage.class);
    private final AuditUsage auditUsage = new AuditUsageService(
            recorded,
            ledger,
            liveStore,
            journal,
            new CloseCallsService(journal, ledger),
            new OnePrice(),
            liveStore,
            totals,
            clock);
    private final Leases leases = DATABASE.bean(Leases.class);
    private final RepairUsage repairUsage = new RepairUsageService(
            recorded, ledger, liveStore, new OnePrice(), leases, auditUsage, liveStore, totals, clock);

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

    @Test
    void finds_nothing_where_an_orphan_turned_out_to_be_a_dead_letter() {
        Ticket ticket = call(50);
        liveStore.settle(Calls.orphan(ticket, 5));
        assertThat(drainUsage.drain()).isEqualTo(2);
        liveStore.settle(UsageTables.unwritable(Calls.settled(ticket, 9)));
        assertThat(drainUsage.drain()).isOne();

        assertThat(UsageTables.number(DATABASE, "SELECT COUNT(*) FROM dead_letter"))
                .isOne();
        assertThat(auditUsage.audit().differences()).isEmpty();
        assertThat(auditUsage.auditSums().differences()).isEmpty();
    }

    @Test
    void finds_nothing_in_the_sums_where_all_is_well() {
        assertThat(auditUsage.auditSums().differences()).isEmpty();
        assertThat(auditUsage.auditJournal().differences()).isEmpty();
        settle(5);
        assertThat(drainUsage.drain()).isEqualTo(2);
        assertThat(auditUsage.auditSums().differences()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"total_cost_nanos,record ", "requests,record "})
    void names_a_record_that_was_changed_by_one(String column, String name) {
        changeByOne("usage_record", column);

        assertThat(names(auditUsage.audit())).anyMatch(found -> found.contains(name));
    }

    @Test
    void tells_of_what_is_neither_money_nor_tokens_in_a_whole_audit_only() {
        changeByOne("usage_quarter", "latency_250");

        assertThat(auditUsage.auditSums().ok()).isTrue();
        assertThat(names(auditUsage.audit())).anyMatch(found -> found.contains("latency_250"));
        assertThat(changes()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "usage_quarter,cost_nanos,usage_quarter user_id=7,usage_day (by usage_quarter) user_id=7",
        "usage_day,output_tokens,usage_day user_id=7,usage_day (by usage_quarter) user_id=7",
        "usage_day,errors,usage_day user_id=7,user_totals (by usage_day) user_id=7",
        "user_totals,cost_nanos,user_totals user_id=7,user_totals user_id=7",
        "key_totals,requests,key_totals api_key_id=9,key_totals (by usage_day) api_key_id=9",
        "account_totals,cost_nanos,account_totals account_id=3,account_totals (by usage_day) account_id=3",
        "account_upstream,upstream_cost_picos,account_upstream account_id=3,account_upstream account_id=3",
        "window_usage,cost_nanos,package 15 total 0,subject_kind=package subject_id=15 window_kind=total",
        "window_usage,requests,user 7 day 1795219200,subject_kind=user subject_id=7 window_kind=day",
    })
    void names_a_sum_that_was_changed_by_one_and_puts_it_right(
            String table, String column, String name, String nameAmongSums) {
        changeByOne(table, column);

        assertThat(names(auditUsage.audit())).anyMatch(found -> found.contains(name));
        assertThat(names(auditUsage.auditSums())).anyMatch(found -> found.contains(nameAmongSums));

        assertThat(changes()).anyMatch(change -> change.name().contains(name));
        assertThat(auditUsage.auditSums().differences()).isEmpty();
        assertThat(changes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "usage_quarter",
                "usage_day",
                "user_totals",
                "key_totals",
                "account_totals",
                "account_upstream",
                "window_usage"
            })
    void writes_rows_that_are_gone_anew(String table) {
        List<List<Object>> before = rows(table);
        DATABASE.transactions().run(sql -> sql.update("DELETE FROM " + table));
        assertThat(auditUsage.audit().ok()).isFalse();
        assertThat(auditUsage.auditSums().ok()).isFalse();

        assertThat(changes()).isNotEmpty();
        assertThat(rows(table)).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"user_totals", "window_usage"})
    void writes_nothing_once_another_repair_has_taken_over(String table) {
        changeByOne(table, "cost_nanos");
        List<String> before = names(auditUsage.audit());
        assertThat(before).isNotEmpty();
        RepairUsage slow = new RepairUsageService(
                recorded, ledger, liveStore, new OnePrice(), new LostLeases(), auditUsage, liveStore, totals, clock);

        assertThat(slow.repair()).isEqualTo(new Repair.Busy());
        assertThat(names(auditUsage.audit())).isEqualTo(before);
    }

    /** Leases that others take as soon as one has them. */
    private static final class LostLeases implements Leases {
        @Override
        public Optional<Lease> take(String name, Duration time) {
            return Optional.of(new Lease(name, 1, SteppedClock.NOON));
        }

        @Override
        public Optional<Lease> renew(Lease lease, Duration time) {
            return Optional.empty();
        }

        @Override
        public void giveBack(Lease lease) {
            assertThat(lease.fence()).isOne();
        }
    }

    @Test
    void removes_rows_that_no_record_speaks_for() {
        DATABASE.transactions().run(sql -> sql.update("UPDATE user_totals SET user_id = 8"));
        assertThat(names(auditUsage.auditSums())).anyMatch(found -> found.startsWith("user_totals user_id=8"));

        assertThat(changes()).isNotEmpty();
        assertThat(UsageTables.number(DATABASE, "SELECT COUNT(*) FROM user_totals"))
                .isOne();
    }

    @Test
    void names_a_live_counter_that_was_changed_by_one_and_puts_it_right() {
        Correction wrong = new Correction(Calls.OF_KEY, Calls.TOTAL, 1, Money.ofNanos(1), Money.ofNanos(-1));
        liveStore.correct((int) (Calls.USER.value() % SHARDS), List.of(wrong));

        List<String> expected = List.of("key 9 total 0 used", "key 9 total 0 requests", "key 9 total 0 held");
        assertThat(names(auditUsage.audit())).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(names(auditUsage.auditSums())).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(changes())
                .contains(new Change("live key 9 total 0 used", "0.000000053", "0.000000052"))
                .hasSize(3);
        assertThat(changes()).isEmpty();
    }

    /** Once the totals are set, SQL is made wrong and right again behind their back. */
    @Test
    void names_live_totals_that_are_not_what_the_records_say_and_sets_them_again() {
        changeByOne("user_totals", "cost_nanos");
        changeByOne("key_totals", "requests");
        changeByOne("account_totals", "cost_nanos");
        assertThat(warmTotals.warm()).isPositive();
        changeByOneLess("user_totals", "cost_nanos");
        changeByOneLess("key_totals", "requests");
        changeByOneLess("account_totals", "cost_nanos");

        List<String> expected = List.of(
                "live total user 7 cost",
                "live total key 9 requests",
                "live total account 3 cost",
                "live total everyone cost");
        assertThat(names(auditUsage.audit())).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(names(auditUsage.auditSums())).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(changes()).extracting(Change::name).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(changes()).isEmpty();
    }

    @Test
    void repairs_once_at_a_time() {
        Leases.Lease other = leases.take("usage-repair", Duration.ofMinutes(1)).orElseThrow();
        assertThat(repairUsage.repair()).isEqualTo(new Repair.Busy());
        leases.giveBack(other);
        assertThat(changes()).isEmpty();
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

    private static List<String> names(Audit audit) {
        return audit.differences().stream().map(Check::name).toList();
    }

    /** What a repair changes; nothing is wrong after it. */
    private List<Change> changes() {
        Repair.Done done = (Repair.Done) repairUsage.repair();
        assertThat(done.audit().differences()).isEmpty();
        return done.changes();
    }

    private static List<List<Object>> rows(String table) {
        return DATABASE.transactions()
                .read(sql -> sql.list("SELECT * FROM " + table + " ORDER BY 1, 2, 3", row -> {
                    List<Object> values = new ArrayList<>();
                    for (int i = 1; i <= row.columns().getMetaData().getColumnCount(); i++) {
                        values.add(row.columns().getObject(i));
                    }
                    return values;
                }));
    }

    private static void changeByOne(String table, String column) {
        DATABASE.transactions().run(sql -> sql.update("UPDATE " + table + " SET " + column + " = " + column + " + 1"));
    }

    private static void changeByOneLess(String table, String column) {
        DATABASE.transactions().run(sql -> sql.update("UPDATE " + table + " SET " + column + " = " + column + " - 1"));
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
