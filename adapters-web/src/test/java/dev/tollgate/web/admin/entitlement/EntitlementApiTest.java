package dev.tollgate.web.admin.entitlement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.entitlement.InMemoryBalances;
import dev.tollgate.application.entitlement.InMemoryCreditLedger;
import dev.tollgate.application.entitlement.InMemoryPackages;
import dev.tollgate.application.entitlement.InMemoryUserPackages;
import dev.tollgate.application.entitlement.ManageCreditsService;
import dev.tollgate.application.entitlement.ManagePackagesService;
import dev.tollgate.application.entitlement.ManageUserPackagesService;
import dev.tollgate.application.identity.Ids;
import dev.tollgate.application.identity.TimeOrderedIds;
import dev.tollgate.domain.entitlement.Spent;
import dev.tollgate.domain.entitlement.UserPackageId;
import dev.tollgate.domain.entitlement.WindowKey;
import dev.tollgate.domain.entitlement.WindowKind;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.web.admin.Answer;
import dev.tollgate.web.admin.SignedIn;
import dev.tollgate.web.admin.TestServer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class EntitlementApiTest {
    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");
    private static final InstantSource CLOCK = () -> NOW;
    private static final Ids IDS = new TimeOrderedIds(CLOCK, ThreadLocalRandom.current()::nextInt);
    private static final InMemoryBalances BALANCES = new InMemoryBalances();
    private static final InMemoryPackages PACKAGES = new InMemoryPackages();
    private static final RequestId CALL = RequestId.at(NOW, 1, 2);
    private static final TestServer SERVER = TestServer.start(
            CLOCK,
            new ManagePackagesService(PACKAGES, IDS),
            new ManageUserPackagesService(
                    new InMemoryUserPackages(), PACKAGES, BALANCES, EntitlementApiTest::exists, IDS, CLOCK),
            new ManageCreditsService(
                    new InMemoryCreditLedger(),
                    BALANCES,
                    EntitlementApiTest::exists,
                    (user, call) -> call.equals(CALL) ? Optional.of(Money.ofNanos(7)) : Optional.empty(),
                    IDS,
                    CLOCK));
    private static final SignedIn ADMIN = TestServer.ADMIN;
    private static final String OFFERS = "/api/admin/packages";
    private static final String HELD = "/api/admin/user-packages";

    @AfterAll
    static void close() {
        SERVER.close();
    }

    @Test
    void an_offer_is_created_read_changed_and_removed() {
        Answer created = SERVER.post(ADMIN, OFFERS, """
            {"name":"Pro","type":"subscription","price":"9.99","duration_days":30,"daily_quota":"1.5",
             "weekly_quota":0,"monthly_quota":null,"time_zone":"Asia/Shanghai","month":"anniversary",
             "spend_mode":"sliced","allowed_models":["claude-*"],"description":"all you need"}\
            """);
        assertThat(created.status()).isEqualTo(200);
        assertThat(created.data())
                .containsEntry("name", "Pro")
                .containsEntry("price", "9.99")
                .containsEntry("daily_quota", "1.5")
                .containsEntry("weekly_quota", null)
                .containsEntry("quota_amount", null)
                .containsEntry("time_zone", "Asia/Shanghai")
                .containsEntry("month", "anniversary")
                .containsEntry("spend_mode", "sliced")
                .containsEntry("status", "active");
        String path = OFFERS + "/" + created.data().get("id");

        Answer changed =
                SERVER.put(ADMIN, path, "{\"weekly_quota\":\"7\",\"daily_quota\":null,\"status\":\"disabled\"}");
        assertThat(changed.data())
                .containsEntry("weekly_quota", "7")
                .containsEntry("daily_quota", null)
                .containsEntry("status", "disabled")
                .containsEntry("name", "Pro");
        assertThat(SERVER.get(ADMIN, path).data()).isEqualTo(changed.data());
        assertThat(SERVER.get(ADMIN, OFFERS + "?search=pRO").items()).contains(changed.data());

        assertThat(SERVER.delete(ADMIN, path).json()).containsEntry("data", null);
        assertThat(SERVER.get(ADMIN, path).status()).isEqualTo(404);
    }

    @Test
    void an_offer_whose_limits_do_not_fit_its_type_is_refused_field_by_field() {
        Answer quota = SERVER.post(ADMIN, OFFERS, "{\"name\":\"Q\",\"type\":\"quota\",\"daily_quota\":1}");
        Answer unknown = SERVER.post(ADMIN, OFFERS, "{\"type\":\"gift\",\"colour\":\"red\"}");

        assertThat(quota.status()).isEqualTo(400);
        assertThat(quota.wrongFields()).containsExactlyInAnyOrder("quota_amount", "daily_quota");
        assertThat(unknown.wrongFields()).containsExactlyInAnyOrder("name", "type", "colour");
    }

    @Test
    void a_subscription_shows_what_is_used_held_and_left_by_window() {
        Object offer = SERVER.post(
                        ADMIN,
                        OFFERS,
                        "{\"name\":\"Daily\",\"type\":\"subscription\",\"daily_quota\":\"2\",\"duration_days\":10}")
                .data()
                .get("id");
        Answer assigned = SERVER.post(ADMIN, HELD + "/user/2", "{\"package_id\":" + offer + "}");
        assertThat(assigned.status()).isEqualTo(200);
        long id = ((Number) assigned.data().get("id")).longValue();
        long today = Instant.parse("2026-03-04T00:00:00Z").getEpochSecond();
        BALANCES.spend(
                new UserPackageId(id),
                new WindowKey(WindowKind.DAY, today),
                new Spent(Money.ofNanos(500_000_001), Money.ofNanos(250_000_000)));

        Map<String, Object> read = SERVER.get(ADMIN, HELD + "/" + id).data();

        assertThat(read)
                .containsEntry("type", "subscription")
                .containsEntry("status", "active")
                .containsEntry("daily_quota", "2")
                .containsEntry("daily_used", "0.500000001")
                .containsEntry("daily_remaining", "1.249999999")
                .containsEntry("daily_resets_at", "2026-03-05T00:00:00Z")
                .containsEntry("weekly_used", "0")
                .containsEntry("weekly_remaining", null)
                .containsEntry("monthly_resets_at", "2026-03-14T05:06:07Z")
                .containsEntry("held", "0.25")
                .containsEntry("quota_total", null)
                .containsEntry("start_time", "2026-03-04T05:06:07Z")
                .containsEntry("expire_time", "2026-03-14T05:06:07Z");
        assertThat(SERVER.get(ADMIN, HELD + "/user/2").items()).contains(read);
        assertThat(SERVER.get(TestServer.USER, "/api/my-packages").items()).contains(read);
        assertThat(SERVER.get(TestServer.USER, "/api/my-packages/active").items())
                .contains(read);
    }

    @Test
    void a_subscription_that_has_ended_shows_its_last_windows() {
        Object offer = SERVER.post(
                        ADMIN,
                        OFFERS,
                        "{\"name\":\"Over\",\"type\":\"subscription\",\"daily_quota\":\"2\",\"duration_days\":10}")
                .data()
                .get("id");
        Answer assigned = SERVER.post(
                ADMIN, HELD + "/user/2", "{\"package_id\":" + offer + ",\"start_time\":\"2026-02-20T05:00:00Z\"}");
        long id = ((Number) assigned.data().get("id")).longValue();
        long lastDay = Instant.parse("2026-03-02T00:00:00Z").getEpochSecond();
        BALANCES.spend(
                new UserPackageId(id),
                new WindowKey(WindowKind.DAY, lastDay),
                new Spent(Money.ofNanos(500_000_000), Money.ofNanos(250_000_000)));

        assertThat(SERVER.get(ADMIN, HELD + "/" + id).data())
                .containsEntry("status", "expired")
                .containsEntry("expire_time", "2026-03-02T05:00:00Z")
                .containsEntry("daily_used", "0.5")
                .containsEntry("daily_remaining", "1.25")
                .containsEntry("daily_resets_at", "2026-03-02T05:00:00Z")
                .containsEntry("weekly_resets_at", "2026-03-02T05:00:00Z")
                .containsEntry("monthly_resets_at", "2026-03-02T05:00:00Z")
                .containsEntry("held", "0.25");
    }

    @Test
    void a_quota_package_can_be_renewed_disabled_and_ended_but_not_moved() {
        Object offer = SERVER.post(ADMIN, OFFERS, "{\"name\":\"Once\",\"type\":\"quota\",\"quota_amount\":\"5\"}")
                .data()
                .get("id");
        Object id = SERVER.post(
                        ADMIN,
                        HELD + "/user/2",
                        "{\"package_id\":" + offer + ",\"start_time\":\"2026-03-01T00:00:00+08:00\"}")
                .data()
                .get("id");
        String path = HELD + "/" + id;

        Answer changed = SERVER.put(
                ADMIN, path, "{\"expire_time\":\"2026-05-01T00:00:00Z\",\"priority\":3,\"status\":\"disabled\"}");
        assertThat(changed.data())
                .containsEntry("start_time", "2026-02-28T16:00:00Z")
                .containsEntry("expire_time", "2026-05-01T00:00:00Z")
                .containsEntry("priority", 3)
                .containsEntry("status", "disabled")
                .containsEntry("quota_total", "5")
                .containsEntry("quota_remaining", "5")
                .containsEntry("daily_used", null);

        assertThat(SERVER.put(ADMIN, path, "{\"start_time\":\"2026-04-01T00:00:00Z\"}")
                        .wrongFields())
                .containsExactly("start_time");
        assertThat(SERVER.put(ADMIN, path, "{\"expire_time\":\"2026-01-01T00:00:00Z\"}")
                        .wrongFields())
                .containsExactly("expire_time");
        assertThat(SERVER.delete(ADMIN, path).status()).isEqualTo(200);
        assertThat(SERVER.get(ADMIN, path).status()).isEqualTo(404);
    }

    @Test
    void what_cannot_be_assigned_says_why() {
        assertThat(SERVER.post(ADMIN, HELD + "/user/2", "{\"package_id\":1}").wrongFields())
                .containsExactly("package_id");
        assertThat(SERVER.post(ADMIN, HELD + "/user/99", "{\"package_id\":1}").status())
                .isEqualTo(404);
        assertThat(SERVER.post(ADMIN, HELD + "/user/2", "{}").wrongFields()).containsExactly("package_id");
    }

    @Test
    void credit_is_granted_once_a_reference_and_taken_back_only_while_it_is_there() {
        String path = "/api/admin/users/2/credits";
        Answer granted = SERVER.post(ADMIN, path, "{\"amount\":\"10\",\"reason\":\"gift\",\"reference\":\"r-1\"}");
        assertThat(granted.data()).containsEntry("amount", "10").containsEntry("actor_id", 1);
        assertThat(SERVER.post(ADMIN, path, "{\"amount\":\"10\",\"reference\":\"r-1\"}")
                        .data())
                .isEqualTo(granted.data());
        BALANCES.spendCredit(new UserId(2), new Spent(Money.ofNanos(4_000_000_000L), Money.ofNanos(1_000_000_000)));

        assertThat(SERVER.post(ADMIN, path, "{\"amount\":\"-5.000000001\"}").status())
                .isEqualTo(409);
        assertThat(SERVER.post(ADMIN, path, "{\"amount\":\"-5\"}").status()).isEqualTo(200);

        Answer statement = SERVER.get(ADMIN, path + "?limit=1");
        assertThat(statement.data()).containsEntry("balance", "1").containsEntry("held", "1");
        assertThat(statement.items())
                .singleElement()
                .satisfies(entry -> assertThat(entry).containsEntry("amount", "-5"));
        Answer older = SERVER.get(ADMIN, path + "?cursor=" + statement.data().get("next_cursor"));
        assertThat(older.items())
                .singleElement()
                .satisfies(entry -> assertThat(entry).containsEntry("amount", "10"));
        assertThat(SERVER.post(ADMIN, path, "{\"amount\":\"0\"}").wrongFields()).containsExactly("amount");
        assertThat(SERVER.get(ADMIN, "/api/admin/users/99/credits").status()).isEqualTo(404);
    }

    @Test
    void a_call_is_refunded_up_to_its_charge_and_the_entry_names_it() {
        String path = "/api/admin/users/3/credits";
        String call = CALL.text();

        Answer refund = SERVER.post(
                ADMIN, path, "{\"amount\":\"0.000000004\",\"reason\":\"slow\",\"request_id\":\"" + call + "\"}");

        assertThat(refund.data())
                .containsEntry("kind", "refund")
                .containsEntry("request_id", call)
                .containsEntry("actor_id", 1);
        assertThat(SERVER.get(ADMIN, path).items()).containsExactly(refund.data());
        assertThat(SERVER.post(ADMIN, path, "{\"amount\":\"0.000000004\",\"request_id\":\"" + call + "\"}")
                        .status())
                .isEqualTo(409);
        assertThat(SERVER.post(ADMIN, path, "{\"amount\":\"-1\",\"request_id\":\"" + call + "\"}")
                        .wrongFields())
                .containsExactly("amount");
        assertThat(SERVER.post(ADMIN, path, "{\"amount\":\"1\",\"request_id\":\"req-1\"}")
                        .wrongFields())
                .containsExactly("request_id");
        String absent = RequestId.at(NOW, 1, 3).text();
        assertThat(SERVER.post(ADMIN, path, "{\"amount\":\"1\",\"request_id\":\"" + absent + "\"}")
                        .wrongFields())
                .containsExactly("request_id");
    }

    @Test
    void a_package_is_renewed_by_its_term_once_a_reference_and_tells_what_happened_to_it() {
        Object offer = SERVER.post(
                        ADMIN,
                        OFFERS,
                        "{\"name\":\"Monthly\",\"type\":\"subscription\",\"daily_quota\":\"2\",\"duration_days\":10}")
                .data()
                .get("id");
        Object id = SERVER.post(ADMIN, HELD + "/user/3", "{\"package_id\":" + offer + ",\"reference\":\"order-1\"}")
                .data()
                .get("id");
        String path = HELD + "/" + id;

        Answer renewed = SERVER.post(ADMIN, path + "/renew", "{\"reference\":\"order-2\"}");

        assertThat(renewed.data()).containsEntry("expire_time", "2026-03-24T05:06:07Z");
        assertThat(SERVER.post(ADMIN, path + "/renew", "{\"reference\":\"order-2\"}")
                        .data())
                .isEqualTo(renewed.data());
        assertThat(SERVER.delete(ADMIN, path).status()).isEqualTo(200);
        assertThat(SERVER.post(ADMIN, path + "/renew", "{}").status()).isEqualTo(404);
        Answer events = SERVER.get(ADMIN, path + "/events?limit=2");
        assertThat(events.items()).extracting(event -> event.get("kind")).containsExactly("ended", "renewed");
        assertThat(SERVER.get(ADMIN, path + "/events?cursor=" + events.data().get("next_cursor"))
                        .items())
                .singleElement()
                .satisfies(event -> assertThat(event)
                        .containsEntry("kind", "assigned")
                        .containsEntry("reference", "order-1")
                        .containsEntry("actor_id", 1));
        assertThat(SERVER.get(ADMIN, HELD + "/99/events").status()).isEqualTo(404);
    }

    @Test
    void references_of_redeemed_codes_cannot_be_given_to_anything_else() {
        assertThat(SERVER.post(
                                ADMIN,
                                "/api/admin/users/3/credits",
                                "{\"amount\":\"1\",\"reference\":\"redeem-code:1\"}")
                        .wrongFields())
                .containsExactly("reference");
    }

    @Test
    void users_see_what_is_on_offer_and_nothing_of_the_admins() {
        SERVER.post(ADMIN, OFFERS, "{\"name\":\"Shown\",\"type\":\"quota\",\"quota_amount\":1}");
        SERVER.post(
                ADMIN, OFFERS, "{\"name\":\"Hidden\",\"type\":\"quota\",\"quota_amount\":1,\"status\":\"disabled\"}");

        assertThat(SERVER.get(TestServer.USER, "/api/packages?page_size=500").items())
                .extracting(offer -> offer.get("name"))
                .contains("Shown")
                .doesNotContain("Hidden");
        assertThat(SERVER.get(TestServer.USER, OFFERS).status()).isEqualTo(403);
    }

    @Test
    void users_search_and_sort_their_packages_as_admins_do() {
        for (String price : List.of("2", "3", "1")) {
            Object offer = SERVER.post(
                            ADMIN,
                            OFFERS,
                            "{\"name\":\"Sorted " + price + "\",\"type\":\"quota\",\"quota_amount\":1,\"price\":\""
                                    + price + "\"}")
                    .data()
                    .get("id");
            assertThat(SERVER.post(ADMIN, HELD + "/user/2", "{\"package_id\":" + offer + "}")
                            .status())
                    .isEqualTo(200);
        }

        for (String path : List.of("/api/packages", "/api/my-packages", "/api/my-packages/active")) {
            assertThat(names(path + "?search=sORTED&sort=-name")).containsExactly("Sorted 3", "Sorted 2", "Sorted 1");
            assertThat(names(path + "?search=sorted&sort=name&page=2&page_size=2"))
                    .containsExactly("Sorted 3");
            assertThat(SERVER.get(TestServer.USER, path + "?sort=colour").wrongFields())
                    .containsExactly("sort");
        }
        assertThat(names("/api/packages?search=sorted&sort=price")).containsExactly("Sorted 1", "Sorted 2", "Sorted 3");
        assertThat(SERVER.get(TestServer.USER, "/api/my-packages?search=sorted").data())
                .containsEntry("total", 3);
    }

    private static List<Object> names(String path) {
        return SERVER.get(TestServer.USER, path).items().stream()
                .map(item -> item.get("name"))
                .toList();
    }

    private static boolean exists(UserId user) {
        return user.value() <= 3;
    }
}
