package dev.tollgate.web.admin.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.account.AccountFigures;
import dev.tollgate.application.account.AddressRules;
import dev.tollgate.application.account.CachedAccountPool;
import dev.tollgate.application.account.Credentials;
import dev.tollgate.application.account.InMemoryAccountGroups;
import dev.tollgate.application.account.InMemoryAccounts;
import dev.tollgate.application.account.ManageAccountGroupsService;
import dev.tollgate.application.account.ManageAccountsService;
import dev.tollgate.application.account.RenewToken;
import dev.tollgate.application.identity.Ids;
import dev.tollgate.application.identity.InMemoryChanges;
import dev.tollgate.application.identity.InMemoryOperationLog;
import dev.tollgate.application.identity.InMemoryVault;
import dev.tollgate.application.identity.TimeOrderedIds;
import dev.tollgate.application.relay.LiveStore;
import dev.tollgate.application.relay.TestAccount;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.account.Fault;
import dev.tollgate.domain.account.Health;
import dev.tollgate.domain.money.Cost;
import dev.tollgate.domain.money.Money;
import dev.tollgate.web.admin.Answer;
import dev.tollgate.web.admin.SignedIn;
import dev.tollgate.web.admin.TestServer;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class AccountsApiTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final InstantSource CLOCK = () -> NOW;
    private static final Ids IDS = new TimeOrderedIds(CLOCK, ThreadLocalRandom.current()::nextInt);
    private static final InMemoryChanges CHANGES = new InMemoryChanges();
    private static final InMemoryAccounts ACCOUNTS = new InMemoryAccounts(CHANGES);
    private static final InMemoryAccountGroups GROUPS = new InMemoryAccountGroups();
    private static final Credentials CREDENTIALS = new Credentials(new InMemoryVault());
    private static final CachedAccountPool POOL = new CachedAccountPool(ACCOUNTS, CREDENTIALS, CHANGES, CLOCK);
    private static final Map<AccountId, Integer> IN_FLIGHT = new ConcurrentHashMap<>();
    private static final Map<AccountId, AccountFigures.Figures> FIGURES = new ConcurrentHashMap<>();
    private static final AccountFigures SERVED = accounts -> Map.copyOf(FIGURES);
    private static final TestAccount TESTS = (account, model) -> model.equals("good")
            ? new TestAccount.Result.Tried(true, 200, 25, "sent", null)
            : new TestAccount.Result.NoSuchAccount();
    private static final InMemoryOperationLog LOG = new InMemoryOperationLog();
    private static final TestServer SERVER = TestServer.start(
            CLOCK,
            LOG,
            new ManageAccountsService(ACCOUNTS, GROUPS, CREDENTIALS, POOL, new AddressRules(false), IDS, CLOCK),
            new ManageAccountGroupsService(GROUPS, ACCOUNTS, IDS),
            POOL,
            SERVED,
            TESTS,
            new OneToken(),
            callsInFlight());
    private static final SignedIn ADMIN = TestServer.ADMIN;
    private static final String PATH = "/api/admin/accounts";
    private static final String SECRET = "sk-very-secret-0123456789";

    @AfterAll
    static void close() {
        SERVER.close();
    }

    @Test
    void an_account_is_created_read_changed_and_removed() {
        Answer created = SERVER.post(ADMIN, PATH, """
                {"name":"main","type":"openai","base_url":"https://api.example.test/v1",
                 "credentials":{"api_key":"%s"},"priority":-1,"weight":3,"max_concurrency":10,
                 "daily_budget":"12.5","allowed_models":["gpt-*"],"model_mapping":{"gpt-5":"gpt-5.1"},
                 "extra_headers":{"x-team":"a"}}""".formatted(SECRET));
        assertThat(created.status()).isEqualTo(200);
        assertThat(created.text()).doesNotContain("very-secret");
        assertThat(created.data())
                .containsEntry("platform", "openai")
                .containsEntry("credentials", Map.of("api_key", "••••6789"))
                .containsEntry("priority", -1)
                .containsEntry("daily_budget", "12.5")
                .containsEntry("model_mapping", Map.of("gpt-5", "gpt-5.1"))
                .containsEntry("enabled", true)
                .containsEntry("status", "valid")
                .containsEntry("status_until", null)
                .containsEntry("total_cost", "0")
                .containsEntry("in_flight", 0);
        String path = PATH + "/" + created.data().get("id");

        Answer changed = SERVER.put(
                ADMIN, path, "{\"base_url\":null,\"enabled\":false,\"credentials\":{\"organization\":\"org-1\"}}");
        assertThat(changed.data())
                .containsEntry("base_url", null)
                .containsEntry("enabled", false)
                .containsEntry("weight", 3)
                .containsEntry("credentials", Map.of("api_key", "••••6789", "organization", "••••"));
        assertThat(SERVER.get(ADMIN, PATH + "?search=MAI&sort=-name").items()).contains(changed.data());
        assertThat(LOG.list(null, 100).toString()).doesNotContain("very-secret");

        assertThat(SERVER.delete(ADMIN, path).status()).isEqualTo(200);
        assertThat(SERVER.get(ADMIN, path).status()).isEqualTo(404);
    }

    @Test
    void neither_a_proxys_password_nor_a_headers_value_is_told_or_noted() {
        Answer created = SERVER.post(ADMIN, PATH, """
                {"name":"proxied","type":"openai","credentials":{"api_key":"%s"},
                 "proxy_url":"http://ann:proxy-password@proxy.example:3128",
                 "extra_headers":{"x-gateway-key":"gateway-secret-1234"}}""".formatted(SECRET));
        String path = PATH + "/" + created.data().get("id");
        assertThat(created.data())
                .containsEntry("proxy_url", "http://ann:••••@proxy.example:3128")
                .containsEntry("extra_headers", Map.of("x-gateway-key", "••••1234"));

        Answer changed = SERVER.put(ADMIN, path, """
                {"weight":2,"proxy_url":"http://ann:••••@proxy.example:3128",
                 "extra_headers":{"x-gateway-key":"••••1234"}}""");
        assertThat(changed.status()).isEqualTo(200);
        assertThat(POOL.connection(new AccountId(((Number) created.data().get("id")).longValue())))
                .satisfies(connection ->
                        assertThat(connection.proxyUrl()).isEqualTo("http://ann:proxy-password@proxy.example:3128"))
                .satisfies(connection -> assertThat(connection.extraHeaders())
                        .isEqualTo(Map.of("x-gateway-key", "gateway-secret-1234")));
        assertThat(SERVER.delete(ADMIN, path).status()).isEqualTo(200);
        assertThat(LOG.list(null, 100).toString())
                .contains("http://ann:••••@proxy.example:3128")
                .doesNotContain("proxy-password", "gateway-secret");
    }

    @Test
    void shows_what_it_served_and_how_it_fares() {
        long id = created("busy");
        FIGURES.put(
                new AccountId(id), new AccountFigures.Figures(Money.ofNanos(1_500_000_000L), Cost.ofPicos(7), 3, NOW));
        IN_FLIGHT.put(new AccountId(id), 2);
        POOL.failed(
                new AccountId(id),
                new Fault(Fault.Kind.RATE_LIMITED, 429, null, "slow down"),
                new Health(Health.Status.RATE_LIMITED, NOW.plusSeconds(60)));
        POOL.flush();

        assertThat(SERVER.get(ADMIN, PATH + "/" + id).data())
                .containsEntry("total_cost", "1.5")
                .containsEntry("total_upstream_cost", "0.000000000007")
                .containsEntry("request_count", 3)
                .containsEntry("last_used_at", "2026-11-21T12:00:00Z")
                .containsEntry("in_flight", 2)
                .containsEntry("status", "rate_limited")
                .containsEntry("status_until", "2026-11-21T12:01:00Z")
                .containsEntry("error_count", 1)
                .containsEntry("consecutive_errors", 1)
                .containsEntry("last_error", "rate_limited 429: slow down");

        assertThat(SERVER.post(ADMIN, PATH + "/" + id + "/recover", "{}").data())
                .containsEntry("status", "valid")
                .containsEntry("consecutive_errors", 0);
    }

    @Test
    void an_operator_sets_a_status_until_it_passes() {
        String path = PATH + "/" + created("parked") + "/status";

        assertThat(SERVER.put(ADMIN, path, "{\"status\":\"suspended\"}").data())
                .containsEntry("status", "suspended")
                .containsEntry("status_until", null);
        assertThat(SERVER.put(ADMIN, path, "{\"status\":\"suspended\",\"status_until\":\"2026-11-21T11:00:00Z\"}")
                        .data())
                .containsEntry("status", "valid");
        assertThat(SERVER.put(ADMIN, path, "{\"status\":\"sleepy\"}").wrongFields())
                .containsExactly("status");
    }

    @Test
    void what_is_wrong_is_told_field_by_field() {
        assertThat(SERVER.post(ADMIN, PATH, "{\"name\":\"x\",\"type\":\"openai\",\"base_url\":\"https://10.0.0.1\"}")
                        .wrongFields())
                .containsExactlyInAnyOrder("credentials.api_key", "base_url");
        assertThat(SERVER.post(ADMIN, PATH, "{\"type\":\"unknown\",\"weight\":0,\"colour\":\"red\"}")
                        .wrongFields())
                .contains("name", "type", "weight", "colour");
        assertThat(SERVER.put(ADMIN, PATH + "/99", "{}").status()).isEqualTo(404);
    }

    @Test
    void every_type_says_what_it_must_be_given() {
        List<Object> types = new ArrayList<>(
                (List<?>) SERVER.get(ADMIN, PATH + "/types").json().get("data"));
        Object apiKey = Map.of("name", "api_key", "required", true, "kind", "text");

        assertThat(types)
                .hasSize(7)
                .contains(Map.of("type", "claude", "platform", "claude", "credentials", List.of(apiKey)));
    }

    @Test
    void deployments_are_given_as_an_object() {
        Answer created = SERVER.post(ADMIN, PATH, """
                {"name":"azure","type":"azure-openai","base_url":"https://x.openai.azure.com",
                 "credentials":{"api_key":"%s","api_version":"2024-10-21","deployments":{"gpt-5":"mine"}}}""".formatted(SECRET));

        assertThat(created.status()).isEqualTo(200);
        long id = ((Number) created.data().get("id")).longValue();
        assertThat(POOL.connection(new AccountId(id)).credentials()).containsEntry("deployments.gpt-5", "mine");
    }

    @Test
    void accounts_join_and_leave_groups() {
        String groups = "/api/admin/account-groups";
        long account = created("member");
        Answer group = SERVER.post(ADMIN, groups, "{\"name\":\"vip\",\"platform\":\"claude\"}");
        String path = groups + "/" + group.data().get("id");

        assertThat(SERVER.post(ADMIN, path + "/accounts", "{\"account_id\":" + account + "}")
                        .data())
                .containsEntry("account_ids", List.of(account));
        assertThat(SERVER.get(ADMIN, PATH + "/" + account).data())
                .containsEntry("group_ids", List.of(group.data().get("id")));
        assertThat(SERVER.delete(ADMIN, path).status()).isEqualTo(409);
        assertThat(SERVER.put(ADMIN, path, "{\"description\":\"few\"}").data()).containsEntry("description", "few");

        assertThat(SERVER.delete(ADMIN, path + "/accounts/" + account).status()).isEqualTo(200);
        assertThat(SERVER.delete(ADMIN, path + "/accounts/" + account).status()).isEqualTo(404);
        assertThat(SERVER.delete(ADMIN, path).status()).isEqualTo(200);
        assertThat(SERVER.get(ADMIN, path).status()).isEqualTo(404);
    }

    @Test
    void an_account_is_tried_out() {
        assertThat(SERVER.post(ADMIN, PATH + "/1/test", "{\"model\":\"good\"}").data())
                .containsEntry("ok", true)
                .containsEntry("http_status", 200)
                .containsEntry("latency_ms", 25)
                .containsEntry("model", "sent")
                .containsEntry("error", null);
        assertThat(SERVER.post(ADMIN, PATH + "/1/test", "{\"model\":\"bad\"}").status())
                .isEqualTo(404);
        assertThat(SERVER.post(ADMIN, PATH + "/1/test", "{}").wrongFields()).containsExactly("model");
    }

    private static long created(String name) {
        Answer created = SERVER.post(
                ADMIN,
                PATH,
                "{\"name\":\"%s\",\"type\":\"claude\",\"credentials\":{\"api_key\":\"%s\"}}".formatted(name, SECRET));
        return ((Number) created.data().get("id")).longValue();
    }

    /** A live store of which only the calls in flight are ever asked for. */
    private static LiveStore callsInFlight() {
        return (LiveStore) Proxy.newProxyInstance(
                LiveStore.class.getClassLoader(), new Class<?>[] {LiveStore.class}, (proxy, method, arguments) -> {
                    return switch (method.getName()) {
                        case "inFlight" -> Map.copyOf(IN_FLIGHT);
                        default -> throw new UnsupportedOperationException(method.getName());
                    };
                });
    }

    @Test
    void a_token_is_renewed_on_demand_and_the_reason_told_where_it_is_not() {
        String account = """
                {"name":"sub","type":"claude-oauth","credentials":{"access_token":"secret-access-token"}}""";
        long good = ((Number) SERVER.post(ADMIN, PATH, account).data().get("id")).longValue();
        OneToken.renewable = new AccountId(good);

        assertThat(SERVER.post(ADMIN, PATH + "/" + good + "/refresh-token", "").status())
                .isEqualTo(200);

        long other = ((Number) SERVER.post(ADMIN, PATH, account).data().get("id")).longValue();
        Answer failed = SERVER.post(ADMIN, PATH + "/" + other + "/refresh-token", "");
        assertThat(failed.status()).isEqualTo(409);
        assertThat(failed.text()).contains("invalid_grant").doesNotContain("secret-access-token");
        assertThat(SERVER.post(ADMIN, PATH + "/1/refresh-token", "").status()).isEqualTo(404);
    }

    private static final class OneToken implements RenewToken {
        private static AccountId renewable;

        @Override
        public Optional<Renewal> renew(AccountId account) {
            return Optional.of(
                    account.equals(renewable) ? new Renewal.Renewed() : new Renewal.Failed("400 invalid_grant"));
        }
    }
}
