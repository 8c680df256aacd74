package dev.tollgate.web.admin;

import static dev.tollgate.web.admin.TestServer.ADMIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tollgate.application.identity.NumberedTokens;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class UserApiTest {
    private static final String USERS = "/api/admin/users";
    private static final TestServer SERVER = new UsersFixture().start(new NumberedTokens());

    @AfterAll
    static void close() {
        SERVER.close();
    }

    @Test
    void a_user_is_shown_as_it_was_created_with_its_figures_and_without_its_password() {
        Answer created = SERVER.post(ADMIN, USERS, """
            {"username": "Ann", "password": "long password", "email": "ann@example.org", "price_multiplier": "1.5",
             "max_concurrency": 3, "rpm_limit": 60, "daily_cost_limit": "5.000000001", "monthly_cost_limit": 70,
             "time_zone": "Asia/Kathmandu", "group_ids": [9, 4]}
            """);

        assertThat(created.status()).isEqualTo(200);
        assertThat(created.json()).containsEntry("code", 0).containsEntry("message", "success");
        assertThat(created.text()).doesNotContain("long password").doesNotContain("password_hash");
        Map<String, Object> shown =
                SERVER.get(ADMIN, USERS + "/" + created.data().get("id")).data();
        assertThat(shown)
                .isEqualTo(created.data())
                .containsEntry("username", "Ann")
                .containsEntry("email", "ann@example.org")
                .containsEntry("role", "user")
                .containsEntry("status", "active")
                .containsEntry("billing_mode", "prepaid")
                .containsEntry("price_multiplier", "1.5")
                .containsEntry("max_concurrency", 3)
                .containsEntry("rpm_limit", 60)
                .containsEntry("daily_cost_limit", "5.000000001")
                .containsEntry("monthly_cost_limit", "70")
                .containsEntry("time_zone", "Asia/Kathmandu")
                .containsEntry("time_zone_from", null)
                .containsEntry("group_ids", List.of(4, 9))
                .containsEntry("quota_balance", "1.5")
                .containsEntry("subscription_daily_balance", null)
                .containsEntry("credit_balance", "0.000000002")
                .containsEntry("credit_held", "0.000000001")
                .containsEntry("total_cost", "0.000123")
                .containsEntry("request_count", 9);
        assertThat(String.valueOf(shown.get("created_at"))).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
    }

    @Test
    void a_users_limits_are_shown_with_what_is_gone_of_them_wherever_the_user_is() {
        long limited = create("limited", ", \"daily_cost_limit\": \"5\"");
        long free = create("unlimited", "");
        Map<String, Object> daily =
                new HashMap<>(Map.of("name", "user_cost", "window", "day", "limit", "5", "used", "1", "held", "0.01"));
        daily.put("remaining", "3.99");
        daily.put("resets_at", "2026-01-02T00:00:00Z");

        assertThat(SERVER.get(ADMIN, USERS + "/" + limited).data()).containsEntry("limits", List.of(daily));
        assertThat(SERVER.get(ADMIN, USERS + "?search=limited").items())
                .extracting(user -> user.get("id"), user -> user.get("limits"))
                .containsExactlyInAnyOrder(tuple(limited, List.of(daily)), tuple(free, List.of()));
    }

    @Test
    void an_edit_changes_what_is_given_and_null_clears() {
        long id = create("bob", ", \"email\": \"bob@example.org\", \"rpm_limit\": 7, \"price_multiplier\": 2");

        Answer edited = SERVER.put(
                ADMIN, USERS + "/" + id, "{\"status\": \"disabled\", \"email\": null, \"price_multiplier\": null}");

        assertThat(edited.data())
                .containsEntry("username", "bob")
                .containsEntry("status", "disabled")
                .containsEntry("rpm_limit", 7)
                .containsEntry("email", null)
                .containsEntry("price_multiplier", null);
    }

    @Test
    void everything_wrong_is_said_at_once() {
        Answer refused = SERVER.post(ADMIN, USERS, """
            {"username": "a b", "password": "short", "role": "root", "rpm_limit": -1, "max_concurrency": 1.5,
             "daily_cost_limit": "1.0000000001", "monthly_cost_limit": "much", "price_multiplier": 1001,
             "time_zone": "Mars/Olympus", "group_ids": [0], "quota_balance": "5", "id": 5}
            """);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json()).containsEntry("code", 400);
        assertThat(refused.wrongFields())
                .containsExactlyInAnyOrder(
                        "username",
                        "password",
                        "role",
                        "rpm_limit",
                        "max_concurrency",
                        "daily_cost_limit",
                        "monthly_cost_limit",
                        "price_multiplier",
                        "time_zone",
                        "group_ids",
                        "quota_balance",
                        "id");
        assertThat(SERVER.post(ADMIN, USERS, "{}").wrongFields()).containsExactlyInAnyOrder("username", "password");
    }

    @Test
    void a_body_that_is_no_object_is_refused() {
        assertThat(SERVER.post(ADMIN, USERS, "{\"username\": ").status()).isEqualTo(400);
        assertThat(SERVER.post(ADMIN, USERS, "[]").status()).isEqualTo(400);
        assertThat(SERVER.post(ADMIN, USERS, "").status()).isEqualTo(400);
        assertThat(SERVER.post(ADMIN, USERS, "null").status()).isEqualTo(400);
    }

    @Test
    void a_taken_name_and_the_last_admin_are_conflicts() {
        long unused = create("carol", "");
        assertThat(SERVER.post(ADMIN, USERS, "{\"username\": \"CAROL\", \"password\": \"long password\"}")
                        .status())
                .isEqualTo(409);

        Answer admins = SERVER.get(ADMIN, USERS + "?search=admin");
        Object admin = admins.items().getFirst().get("id");
        assertThat(SERVER.delete(ADMIN, USERS + "/" + admin).status()).isEqualTo(409);
        assertThat(unused).isPositive();
    }

    @Test
    void a_deleted_user_can_be_restored() {
        long id = create("dave", "");

        Answer deleted = SERVER.delete(ADMIN, USERS + "/" + id);

        assertThat(deleted.text()).isEqualTo("{\"code\":0,\"message\":\"success\",\"data\":null}");
        assertThat(SERVER.get(ADMIN, USERS + "?search=dave").items()).isEmpty();
        assertThat(SERVER.delete(ADMIN, USERS + "/" + id).status()).isEqualTo(404);
        assertThat(SERVER.post(ADMIN, USERS + "/" + id + "/restore", "{}").data())
                .containsEntry("deleted_at", null);
        assertThat(SERVER.get(ADMIN, USERS + "?search=dave").items()).hasSize(1);
    }

    @Test
    void lists_come_in_pages() {
        long first = create("page-one", "");
        long second = create("page-two", "");

        Map<String, Object> page = SERVER.get(ADMIN, USERS + "?search=page-&page_size=1&sort=-username")
                .data();

        assertThat(page).containsEntry("total", 2).containsEntry("page", 1).containsEntry("page_size", 1);
        assertThat(SERVER.get(ADMIN, USERS + "?search=page-&page_size=1&sort=-username")
                        .items())
                .extracting(user -> user.get("id"))
                .containsExactly(second);
        assertThat(SERVER.get(ADMIN, USERS + "?search=page-&page_size=1&page=2&sort=-username")
                        .items())
                .extracting(user -> user.get("id"))
                .containsExactly(first);
        assertThat(SERVER.get(ADMIN, USERS + "?page_size=501").wrongFields()).containsExactly("page_size");
        assertThat(SERVER.get(ADMIN, USERS + "?page=0").wrongFields()).containsExactly("page");
        assertThat(SERVER.get(ADMIN, USERS + "?sort=password_hash").wrongFields())
                .containsExactly("sort");
    }

    @Test
    void prices_are_multiplied_for_some_or_for_all() {
        long id = create("erin", "");
        String path = USERS + "/batch-price-multiplier";

        assertThat(SERVER.post(ADMIN, path, "{\"user_ids\": [" + id + "], \"price_multiplier\": \"0.5\"}")
                        .data())
                .containsEntry("updated", 1);
        assertThat(SERVER.get(ADMIN, USERS + "/" + id).data()).containsEntry("price_multiplier", "0.5");
        assertThat(SERVER.post(ADMIN, path, "{\"all\": true, \"price_multiplier\": null}")
                        .status())
                .isEqualTo(200);
        assertThat(SERVER.get(ADMIN, USERS + "/" + id).data()).containsEntry("price_multiplier", null);
        assertThat(SERVER.post(ADMIN, path, "{\"price_multiplier\": 1}").wrongFields())
                .containsExactly("user_ids");
    }

    @Test
    void every_change_is_in_the_operation_log_without_secrets() {
        long id = create("frank", "");
        assertThat(SERVER.put(ADMIN, USERS + "/" + id, "{\"rpm_limit\": 5, \"password\": \"another password\"}")
                        .status())
                .isEqualTo(200);

        Answer log = SERVER.get(ADMIN, "/api/admin/operation-logs?limit=1");

        Map<String, Object> entry = log.items().getFirst();
        assertThat(entry)
                .containsEntry("username", "admin")
                .containsEntry("action", "PUT")
                .containsEntry("subject", "users")
                .containsEntry("subject_id", String.valueOf(id))
                .containsEntry("client_ip", "127.0.0.1");
        assertThat(entry.get("before")).asString().contains("rpm_limit=0");
        assertThat(entry.get("after")).asString().contains("rpm_limit=5");
        assertThat(log.text()).doesNotContain("another password");
        assertThat(log.data().get("next_cursor")).isNotNull();
    }

    @Test
    void a_refused_change_is_not_in_the_log_and_answers_carry_a_request_id() {
        Answer refused = SERVER.put(ADMIN, USERS + "/1", "{\"rpm_limit\": 5}");

        assertThat(refused.status()).isEqualTo(404);
        assertThat(refused.headers().get("cache-control")).containsExactly("no-store");
        String requestId = refused.headers().get("x-request-id").getFirst();
        assertThat(requestId).hasSize(36);
        assertThat(SERVER.get(ADMIN, "/api/admin/operation-logs").text()).doesNotContain(requestId);
    }

    @Test
    void the_servers_own_refusals_have_the_envelope() {
        assertThat(SERVER.get(ADMIN, USERS + "/abc").json()).containsEntry("code", 400);
        assertThat(SERVER.get(ADMIN, "/api/admin/nothing").json())
                .containsEntry("code", 404)
                .containsEntry("message", "no such path");
        assertThat(SERVER.put(ADMIN, USERS, "{}").json()).containsEntry("code", 405);
    }

    private static long create(String name, String more) {
        Answer created = SERVER.post(
                ADMIN, USERS, "{\"username\": \"" + name + "\", \"password\": \"long password\"" + more + "}");
        assertThat(created.status()).as(created.text()).isEqualTo(200);
        return ((Number) created.data().get("id")).longValue();
    }
}
