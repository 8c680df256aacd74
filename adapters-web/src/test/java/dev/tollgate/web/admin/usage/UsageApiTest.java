package dev.tollgate.web.admin.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.tollgate.application.identity.InMemoryChanges;
import dev.tollgate.application.identity.InMemorySettings;
import dev.tollgate.application.identity.LiveSettings;
import dev.tollgate.application.usage.Calls;
import dev.tollgate.application.usage.InMemoryLiveTotals;
import dev.tollgate.application.usage.InMemoryUsage;
import dev.tollgate.application.usage.InMemoryUsageLedger;
import dev.tollgate.application.usage.InMemoryUsageNames;
import dev.tollgate.application.usage.ReportAccountUsageService;
import dev.tollgate.application.usage.ReportUsageService;
import dev.tollgate.application.usage.UserZones;
import dev.tollgate.domain.account.Account;
import dev.tollgate.domain.account.AccountType;
import dev.tollgate.domain.account.Health;
import dev.tollgate.domain.account.Placement;
import dev.tollgate.domain.account.Serving;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.Settlement;
import dev.tollgate.web.admin.Answer;
import dev.tollgate.web.admin.SignedIn;
import dev.tollgate.web.admin.TestServer;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class UsageApiTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:34:56Z");
    private static final UserId ANN = Calls.USER;
    private static final UserId BOB = new UserId(2);
    private static final InMemoryUsageLedger LEDGER = new InMemoryUsageLedger();
    private static final InMemoryUsage USAGE = new InMemoryUsage(LEDGER::records);
    private static final InMemoryUsageNames NAMES = new InMemoryUsageNames();
    private static final Account ACCOUNT = new Account(
            Calls.ACCOUNT, "first", AccountType.SIMULATED, Placement.ORDINARY, Serving.BY_FAMILY, true, Health.VALID);
    private static final InMemoryChanges CHANGES = new InMemoryChanges();
    private static final InMemorySettings SETTINGS = new InMemorySettings(CHANGES);
    private static final TestServer SERVER = TestServer.start(
            (InstantSource) () -> NOW,
            USAGE,
            NAMES,
            (UserZones) user -> ZoneOffset.UTC,
            new LiveSettings(SETTINGS, CHANGES),
            new ReportAccountUsageService(
                    InMemoryLiveTotals.none(USAGE, () -> NOW), USAGE, NAMES, () -> List.of(ACCOUNT), () -> NOW),
            new ReportUsageService(USAGE, NAMES, () -> List.of(ACCOUNT), () -> NOW));
    private static final SignedIn ADMIN = TestServer.ADMIN;
    private static final String RECORDS = "/api/admin/usage/records";
    private static final Settlement LATEST = call(NOW.minusSeconds(60), ANN, 300);
    private static final Settlement BOBS = call(NOW.minusSeconds(120), BOB, 1_000);
    private static final Settlement OLD = call(Instant.parse("2026-10-01T00:00:00Z"), ANN, 5_000);

    @BeforeAll
    static void record() {
        NAMES.user(ANN, "ann");
        NAMES.key(Calls.KEY, "first key", ANN);
        LEDGER.record(0, List.of(OLD, BOBS, LATEST), null);
    }

    @AfterAll
    static void close() {
        SERVER.close();
    }

    @Test
    void records_come_newest_first_page_by_page() {
        Answer first = SERVER.get(ADMIN, RECORDS + "?limit=2");
        Answer second =
                SERVER.get(ADMIN, RECORDS + "?limit=2&cursor=" + first.data().get("next_cursor"));

        assertThat(first.items())
                .extracting(record -> record.get("request_id"))
                .containsExactly(LATEST.id().text(), BOBS.id().text());
        assertThat(second.items())
                .extracting(record -> record.get("request_id"))
                .containsExactly(OLD.id().text());
        assertThat(second.data()).containsEntry("next_cursor", null);
    }

    @Test
    void a_record_has_the_fields_of_the_contract() {
        Map<String, Object> record = SERVER.get(
                        ADMIN, RECORDS + "?request_id=" + LATEST.id().text())
                .items()
                .getFirst();

        assertThat(record)
                .containsOnlyKeys(
                        "request_id",
                        "occurred_at",
                        "user_id",
                        "api_key_id",
                        "account_id",
                        "user_package_id",
                        "platform",
                        "account_type",
                        "requested_model",
                        "model",
                        "upstream_model",
                        "dialect",
                        "stream",
                        "status",
                        "http_status",
                        "attempts",
                        "input_tokens",
                        "output_tokens",
                        "cache_read_tokens",
                        "cache_write_5m_tokens",
                        "cache_write_1h_tokens",
                        "reasoning_tokens",
                        "audio_input_tokens",
                        "audio_output_tokens",
                        "image_input_tokens",
                        "image_output_tokens",
                        "usage_source",
                        "input_cost",
                        "output_cost",
                        "cache_read_cost",
                        "cache_write_cost",
                        "other_cost",
                        "base_cost",
                        "price_multiplier",
                        "total_cost",
                        "upstream_cost",
                        "price_version",
                        "clamped",
                        "flags",
                        "latency_ms",
                        "first_token_ms",
                        "client_ip",
                        "user_agent")
                .containsEntry("status", "completed")
                .containsEntry("dialect", "chat")
                .containsEntry("output_tokens", 300)
                .containsEntry("total_cost", "0.0000003")
                .containsEntry("usage_source", "upstream")
                .containsEntry("account_id", 3)
                .containsEntry("occurred_at", LATEST.ticket().admittedAt().toString());
    }

    @Test
    @SuppressWarnings("unchecked")
    void the_lines_of_a_record_sum_to_its_total() {
        Map<String, Object> record =
                SERVER.get(ADMIN, RECORDS + "/" + LATEST.id().text()).data();

        List<Map<String, Object>> lines = (List<Map<String, Object>>) record.get("line_items");
        BigDecimal sum = lines.stream()
                .map(line -> new BigDecimal(String.valueOf(line.get("amount"))))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(sum).isEqualByComparingTo(String.valueOf(record.get("total_cost")));
        assertThat(lines).extracting(line -> line.get("class")).containsExactly("output", "multiplier", "rounding");
        assertThat(lines.getFirst()).containsEntry("quantity", 300).containsEntry("unit_price", "0.000000001");
        assertThat((List<Map<String, Object>>) record.get("attempts"))
                .singleElement()
                .satisfies(attempt -> assertThat(attempt)
                        .containsEntry("account_type", "simulated")
                        .containsEntry("upstream_cost", "0.00000027"));
    }

    @Test
    void records_are_filtered_and_nonsense_is_refused() {
        assertThat(SERVER.get(ADMIN, RECORDS + "?user_id=2").items()).hasSize(1);
        assertThat(SERVER.get(ADMIN, RECORDS + "?status=timeout").items()).isEmpty();
        assertThat(SERVER.get(ADMIN, RECORDS + "?start=2026-11-01T00:00:00%2B08:00&end=2026-12-01T00:00:00Z")
                        .items())
                .hasSize(2);
        assertThat(SERVER.get(ADMIN, RECORDS + "?status=lost").wrongFields()).containsExactly("status");
        assertThat(SERVER.get(ADMIN, RECORDS + "?cursor=x").wrongFields()).containsExactly("cursor");
        assertThat(SERVER.get(ADMIN, RECORDS + "/nonsense").status()).isEqualTo(404);
        assertThat(SERVER.get(TestServer.USER, RECORDS).status()).isEqualTo(403);
    }

    @Test
    @SuppressWarnings("unchecked")
    void accounts_tell_today_this_month_and_all_time() {
        for (String prefix : List.of("/api/admin", "/admin")) {
            Answer stats = SERVER.get(ADMIN, prefix + "/accounts/usage-stats");

            Map<String, Object> account = stats.items().getFirst();
            assertThat(account).containsEntry("id", 3).containsEntry("name", "first");
            assertThat((Map<String, Object>) account.get("daily"))
                    .containsEntry("requests", 2)
                    .containsEntry("tokens", 1_300)
                    .containsEntry("cost", "0.0000013");
            assertThat((Map<String, Object>) account.get("total"))
                    .containsEntry("requests", 3)
                    .containsEntry("cost", "0.0000063");
            assertThat((Map<String, Object>) account.get("averages"))
                    .containsKeys("rpm", "tpm", "daily_requests", "daily_tokens");
            assertThat((Map<String, Object>) stats.data().get("summary"))
                    .containsEntry("total_accounts", 1)
                    .containsEntry("active_today", 1)
                    .containsEntry("total_daily_tokens", 1_300)
                    .containsEntry("total_daily_requests", 2)
                    .containsEntry("total_daily_cost", "0.0000013");
            assertThat((Map<String, Object>) stats.data().get("freshness")).containsKeys("source", "as_of");
            assertThat(SERVER.get(ADMIN, prefix + "/accounts/3/usage-stats").data())
                    .isEqualTo(account);
        }
        assertThat(SERVER.get(ADMIN, "/api/admin/accounts/4/usage-stats").status())
                .isEqualTo(404);
    }

    @Test
    @SuppressWarnings("unchecked")
    void an_accounts_usage_is_broken_down_by_key() {
        Answer breakdown = SERVER.get(ADMIN, "/admin/accounts/3/usage-breakdown?range=total&limit=1");

        assertThat(breakdown.items())
                .singleElement()
                .satisfies(key -> assertThat(key)
                        .containsEntry("api_key_id", 9)
                        .containsEntry("name", "first key")
                        .containsEntry("username", "ann")
                        .containsEntry("requests", 3)
                        .containsEntry("total_tokens", 6_300)
                        .containsEntry("cost", "0.0000063")
                        .containsEntry("last_model", "model-a")
                        .containsEntry(
                                "last_used_at", LATEST.ticket().admittedAt().toString()));
        assertThat((Map<String, Object>) breakdown.data().get("totals"))
                .containsEntry("requests", 3)
                .containsEntry("cost", "0.0000063");
        assertThat(SERVER.get(ADMIN, "/admin/accounts/3/usage-breakdown?range=year")
                        .wrongFields())
                .containsExactly("range");
        assertThat(SERVER.get(ADMIN, "/admin/accounts/3/usage-breakdown?range=custom")
                        .wrongFields())
                .containsExactly("start");
    }

    @Test
    void a_series_is_cut_by_the_clock_of_the_zone() {
        String path = "/api/admin/usage/series?range=30d&granularity=day&group_by=user&time_zone=";

        assertThat(points(SERVER.get(ADMIN, path + "Asia/Tokyo")))
                .extracting(point -> point.get("bucket"), point -> point.get("name"), point -> point.get("cost"))
                .containsExactly(
                        tuple("2026-11-20T15:00:00Z", null, "0.000001"),
                        tuple("2026-11-20T15:00:00Z", "ann", "0.0000003"));
        assertThat(points(SERVER.get(ADMIN, path + "UTC")))
                .extracting(point -> point.get("bucket"))
                .containsOnly("2026-11-21T00:00:00Z");
        assertThat(SERVER.get(ADMIN, path + "Nowhere").wrongFields()).containsExactly("time_zone");
    }

    @Test
    void a_series_that_names_no_granularity_has_the_one_that_is_set() {
        Map<String, SignedIn> callers = Map.of("/api/admin/usage/series", ADMIN, "/api/usage/series", TestServer.USER);
        try {
            callers.forEach((path, caller) -> assertThat(buckets(caller, path)).containsOnly("2026-11-21T00:00:00Z"));
            SETTINGS.change(Map.of("usage.default_granularity", "Hour"), Set.of());
            callers.forEach((path, caller) -> assertThat(buckets(caller, path)).containsOnly("2026-11-21T12:00:00Z"));
            callers.forEach((path, caller) ->
                    assertThat(buckets(caller, path + "?granularity=day")).containsOnly("2026-11-21T00:00:00Z"));
        } finally {
            SETTINGS.change(Map.of(), Set.of("usage.default_granularity"));
        }
    }

    private static List<Object> buckets(SignedIn caller, String path) {
        return points(SERVER.get(caller, path)).stream()
                .map(point -> point.get("bucket"))
                .toList();
    }

    @Test
    @SuppressWarnings("unchecked")
    void a_summary_tells_totals_rates_percentiles_and_who_leads() {
        Map<String, Object> summary =
                SERVER.get(ADMIN, "/api/admin/usage/summary?range=total").data();

        assertThat(summary)
                .containsEntry("requests", 3)
                .containsEntry("cost", "0.0000063")
                .containsKeys("rpm", "tpm", "success_rate", "latency_ms", "first_token_ms");
        assertThat((List<Map<String, Object>>) summary.get("top_users"))
                .extracting(user -> user.get("group"))
                .containsExactly("7", "2");
        assertThat((Map<String, Object>) summary.get("latency_ms")).containsKeys("p50", "p90", "p95", "p99");
    }

    @Test
    void an_export_has_every_record_and_their_totals() {
        Answer whole = SERVER.get(ADMIN, "/api/admin/usage/export");
        assertThat(whole.status()).isEqualTo(200);
        assertThat(whole.headers().get("content-type")).containsExactly("text/csv; charset=utf-8");
        List<String> csv =
                SERVER.get(ADMIN, "/api/admin/usage/export").text().lines().toList();
        List<String> jsonl = SERVER.get(ADMIN, "/api/admin/usage/export?format=jsonl&range=month")
                .text()
                .lines()
                .toList();

        assertThat(csv).hasSize(5);
        assertThat(csv.getFirst()).startsWith("request_id,occurred_at,user_id");
        assertThat(csv.get(1)).startsWith(LATEST.id().text()).contains("0.0000003");
        assertThat(csv.getLast()).startsWith("total: 3,").contains(",6300,").contains("0.0000063");
        assertThat(jsonl).hasSize(3);
        assertThat(jsonl.getLast()).contains("\"totals\"").contains("\"total_cost\":\"0.0000013\"");
        assertThat(SERVER.get(ADMIN, "/api/admin/usage/export?format=xml").wrongFields())
                .containsExactly("format");
    }

    @Test
    void users_read_their_own_usage_and_nothing_of_accounts() {
        List<Map<String, Object>> records =
                SERVER.get(TestServer.USER, "/api/usage/records?user_id=7").items();

        assertThat(records)
                .singleElement()
                .satisfies(record -> assertThat(record)
                        .containsEntry("user_id", 2)
                        .containsEntry("total_cost", "0.000001")
                        .containsEntry("account_id", null)
                        .containsEntry("account_type", null)
                        .containsEntry("upstream_model", null)
                        .containsEntry("upstream_cost", null));
        assertThat(SERVER.get(TestServer.USER, "/api/usage/summary?user_id=7").data())
                .containsEntry("requests", 1)
                .containsEntry("top_accounts", null);
        assertThat(points(SERVER.get(TestServer.USER, "/api/usage/models")))
                .singleElement()
                .satisfies(model ->
                        assertThat(model).containsEntry("group", "model-a").containsEntry("cost", "0.000001"));
        assertThat(points(SERVER.get(TestServer.USER, "/api/usage/series?group_by=model")))
                .hasSize(1);
        assertThat(SERVER.get(TestServer.USER, "/api/usage/series?group_by=account")
                        .wrongFields())
                .containsExactly("group_by");
        assertThat(SERVER.get(TestServer.USER, "/api/usage/export").text().lines())
                .hasSize(3);
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> points(Answer answer) {
        return (List<Map<String, Object>>) answer.json().get("data");
    }

    private static Settlement call(Instant at, UserId user, long tokens) {
        return Calls.settled(Calls.ticket(Calls.id(at), user, Money.ofNanos(tokens)), tokens);
    }
}
