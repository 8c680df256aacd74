package dev.tollgate.bootstrap.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tollgate.application.relay.LiveStore;
import dev.tollgate.application.usage.AuditUsage;
import dev.tollgate.application.usage.AuditUsage.Check;
import dev.tollgate.application.usage.LiveCounters.Correction;
import dev.tollgate.bootstrap.server.Caller;
import dev.tollgate.bootstrap.server.Caller.Dialect;
import dev.tollgate.bootstrap.server.Eventually;
import dev.tollgate.bootstrap.server.ShapedUpstream;
import dev.tollgate.bootstrap.server.WholeServer;
import dev.tollgate.bootstrap.usage.SelfAudit;
import dev.tollgate.domain.entitlement.Window;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.Subject;
import dev.tollgate.domain.relay.SubjectKind;
import dev.tollgate.persistence.server.MariaDb;
import dev.tollgate.persistence.server.RedisServers;
import dev.tollgate.persistence.sql.SqlTransactions;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The audit of whole gateways, of one in its own process's memory and of one on MariaDB and Redis. */
class SelfAuditTest {
    private static final RedisServers REDIS = RedisServers.single();
    private static final String EVERY_SECOND = "1s";
    private static final Duration CYCLE_MAX = Duration.ofSeconds(20);

    /** Ends after the gateways. */
    @Order(1)
    @RegisterExtension
    static final AfterAllCallback LAST = context -> REDIS.close();

    @Order(2)
    @RegisterExtension
    static final WholeServer EMBEDDED = new WholeServer(Map.of("tollgate.audit.interval", EVERY_SECOND));

    @Order(3)
    @RegisterExtension
    static final WholeServer SHARED = new WholeServer(Map.of(
            "tollgate.audit.interval",
            EVERY_SECOND,
            "tollgate.mysql-url",
            MariaDb.newSchema(),
            "tollgate.mysql-username",
            MariaDb.USER,
            "tollgate.redis-uri",
            REDIS.uri(),
            "tollgate.secret-key",
            "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="));

    private static final ShapedUpstream UPSTREAM = start();
    private static final Map<Kept, String> KEYS = new ConcurrentHashMap<>();
    private static final int CALLERS = 8;
    private static final int AUDITS = 12;

    /** What a gateway keeps its truth in. */
    enum Kept {
        EMBEDDED,
        SHARED;

        WholeServer server() {
            return this == EMBEDDED ? SelfAuditTest.EMBEDDED : SelfAuditTest.SHARED;
        }

        void call() {
            var answer = new Caller(server().uri(), KEYS.getOrDefault(this, ""))
                    .callAdmitted(Dialect.CHAT, Caller.request("gpt-4o-mini", true));
            assertThat(answer.statusCode()).isEqualTo(200);
        }
    }

    private static ShapedUpstream start() {
        try {
            return new ShapedUpstream();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @BeforeAll
    static void serve() {
        for (Kept kept : Kept.values()) {
            var world = kept.server().world();
            world.account("openai", UPSTREAM.uri().resolve("/v1"), Map.of());
            long user = world.user("ann", "1");
            long userPackage = world.quota(user, "0.001", Map.of());
            assertThat(userPackage).isPositive();
            KEYS.put(kept, world.key(user, Map.of()));
            kept.call();
        }
    }

    @AfterAll
    static void stop() {
        UPSTREAM.close();
    }

    @ParameterizedTest
    @EnumSource
    void raises_no_false_alarm_while_calls_run(Kept kept) throws Exception {
        AuditUsage audit = kept.server().bean(AuditUsage.class);
        AtomicBoolean isOver = new AtomicBoolean();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> callers = new ArrayList<>();
            for (int caller = 0; caller < CALLERS; caller++) {
                callers.add(threads.submit(() -> {
                    while (!isOver.get()) {
                        kept.call();
                    }
                }));
            }
            try {
                for (int round = 0; round < AUDITS; round++) {
                    assertThat(audit.audit().differences()).isEmpty();
                    assertThat(audit.auditSums().differences()).isEmpty();
                    JsonNode repair = kept.server().admin().post("/api/admin/audit?repair=true", Map.of());
                    assertThat(repair.get("ok").asBoolean()).as("%s", repair).isTrue();
                    assertThat(repair.get("repaired")).as("%s", repair).isEmpty();
                }
            } finally {
                isOver.set(true);
            }
            for (Future<?> caller : callers) {
                assertThat(caller.get()).isNull();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void names_every_table_that_was_changed_by_one_within_a_cycle(Kept kept) throws Exception {
        Map<String, String> changed = Map.of(
                "usage_quarter", "cost_nanos",
                "usage_day", "cost_nanos",
                "user_totals", "cost_nanos",
                "key_totals", "cost_nanos",
                "account_totals", "cost_nanos",
                "account_upstream", "upstream_cost_picos",
                "window_usage", "cost_nanos");
        drained(kept);
        for (Map.Entry<String, String> each : changed.entrySet()) {
            String column = each.getValue();
            kept.server()
                    .bean(SqlTransactions.class)
                    .run(sql ->
                            sql.update("UPDATE " + each.getKey() + " SET " + column + " = " + column + " + 1 LIMIT 1"));
            found(kept, each.getKey().equals("usage_quarter") ? "usage_day (by usage_quarter)" : each.getKey());
            assertThat(repaired(kept))
                    .anyMatch(name -> name.startsWith(each.getKey() + " ") && name.endsWith(column(each)));
            clean(kept);
        }
        JsonNode operation =
                kept.server().admin().get("/api/admin/operation-logs?limit=1").at("/items/0");
        assertThat(operation.get("path").asText()).isEqualTo("/api/admin/audit");
        assertThat(operation.get("after").toString()).contains("cost");
    }

    @ParameterizedTest
    @EnumSource
    void names_a_grant_that_its_ledger_does_not_have_within_a_cycle(Kept kept) throws Exception {
        var admin = kept.server().admin();
        String code = admin.post("/api/admin/redeem-codes", Map.of("value", "1"))
                .at("/items/0/code")
                .asText();
        assertThat(admin.post("/api/redeem", Map.of("code", code)).get("value").asText())
                .isEqualTo("1");
        clean(kept);
        for (String table : List.of("credit_account SET granted = granted", "credit_entry SET amount = amount")) {
            change(kept, "UPDATE " + table + " + 1 LIMIT 1");
            found(kept, "credit_account");
            change(kept, "UPDATE " + table + " - 1 LIMIT 1");
            clean(kept);
        }
        change(kept, "UPDATE redeem_use SET credit_entry_id = credit_entry_id + 1");
        found(kept, "redeem_use");
        change(kept, "UPDATE redeem_use SET credit_entry_id = credit_entry_id - 1");
        clean(kept);
    }

    private static void change(Kept kept, String statement) {
        kept.server().bean(SqlTransactions.class).run(sql -> sql.update(statement));
    }

    private static String column(Map.Entry<String, String> changed) {
        return changed.getKey().equals("window_usage") ? "cost" : changed.getValue();
    }

    @ParameterizedTest
    @EnumSource
    void names_every_live_counter_that_was_changed_by_one_within_a_cycle(Kept kept) throws Exception {
        kept.call();
        LiveStore live = kept.server().bean(LiveStore.class);
        Set<SubjectKind> kinds = new HashSet<>();
        List<String> names = new ArrayList<>();
        for (int shard = 0; shard < live.shards(); shard++) {
            for (Subject subject : live.subjects(shard)) {
                Correction wrong = new Correction(subject, Window.TOTAL.key(), 0, Money.ofNanos(1), Money.ZERO);
                live.correct(shard, List.of(wrong));
                kinds.add(subject.kind());
                names.add(subject.kind().name().toLowerCase(Locale.ROOT) + " " + subject.id() + " total 0 used");
            }
        }
        assertThat(kinds).contains(SubjectKind.USER, SubjectKind.KEY, SubjectKind.PACKAGE);

        names.forEach(name -> found(kept, name));
        assertThat(metrics(kept)).containsPattern("tollgate_audit_differences(\\{.*})? [1-9]");
        assertThat(repaired(kept))
                .containsExactlyInAnyOrderElementsOf(
                        names.stream().map(name -> "live " + name).toList());
        clean(kept);
        assertThat(metrics(kept))
                .containsPattern("tollgate_audit_differences(\\{.*})? 0")
                .containsPattern("tollgate_audit_last_run_seconds(\\{.*})? 1\\.")
                .contains("tollgate_audit_duration_seconds");
    }

    private static void drained(Kept kept) {
        LiveStore live = kept.server().bean(LiveStore.class);
        Eventually.holds("SQL has everything", CYCLE_MAX, () -> live.openHolds() == 0 && live.backlog() == 0);
    }

    private static void found(Kept kept, String name) {
        Eventually.holds(
                name + " is found",
                CYCLE_MAX,
                () -> kept.server().bean(SelfAudit.class).differences().stream()
                        .map(Check::name)
                        .anyMatch(found -> found.startsWith(name)));
    }

    private static void clean(Kept kept) {
        Eventually.holds(
                "nothing is found any more",
                CYCLE_MAX,
                () -> kept.server().bean(SelfAudit.class).differences().isEmpty());
    }

    private static List<String> repaired(Kept kept) {
        JsonNode repair = kept.server().admin().post("/api/admin/audit?repair=true", Map.of());
        assertThat(repair.get("ok").asBoolean()).as("%s", repair).isTrue();
        return repair.get("repaired").findValuesAsText("name");
    }

    private static String metrics(Kept kept) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        kept.server().managementUri().resolve("/prometheus"))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }
}
