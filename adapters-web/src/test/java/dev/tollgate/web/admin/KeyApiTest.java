package dev.tollgate.web.admin;

import static dev.tollgate.web.admin.TestServer.ADMIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.identity.NumberedTokens;
import dev.tollgate.domain.apikey.KeyText;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class KeyApiTest {
    private static final String KEYS = "/api/admin/api-keys";
    private static final TestServer SERVER = new UsersFixture().start(new NumberedTokens());
    private static final long ANN = create("ann");
    private static final long BOB = create("bob");

    @AfterAll
    static void close() {
        SERVER.close();
    }

    @Test
    void a_key_is_told_whole_once() {
        Answer issued = SERVER.post(ADMIN, KEYS, """
                {"user_id": %d, "name": "ci", "expires_at": "2027-01-01T01:00:00+01:00", "expires_after_days": 30,
                 "allowed_models": ["gpt-*"], "blocked_models": ["gpt-4"], "allowed_platforms": ["openai"],
                 "allowed_ips": ["10.0.0.0/8"], "rpm_limit": 1, "tpm_limit": 2, "max_concurrency": 3,
                 "daily_request_limit": 4, "daily_cost_limit": "5", "monthly_cost_limit": "6", "total_cost_limit": "7",
                 "price_multiplier": "0.9", "billing_type": "quota", "user_package_id": 8, "group_ids": [1],
                 "account_ids": [2]}
                """.formatted(ANN));

        assertThat(issued.status()).as(issued.text()).isEqualTo(200);
        KeyText text = new KeyText(String.valueOf(issued.data().get("key")));
        Answer read = SERVER.get(ADMIN, KEYS + "/" + issued.data().get("id"));
        assertThat(read.text()).doesNotContain(text.text()).doesNotContain("\"key\"");
        assertThat(read.data())
                .containsEntry("key_prefix", text.keyPrefix())
                .containsEntry("last4", text.last4())
                .containsEntry("user_id", ANN)
                .containsEntry("name", "ci")
                .containsEntry("status", "active")
                .containsEntry("expires_at", "2027-01-01T00:00:00Z")
                .containsEntry("expires_after_days", 30)
                .containsEntry("allowed_models", List.of("gpt-*"))
                .containsEntry("allowed_ips", List.of("10.0.0.0/8"))
                .containsEntry("daily_request_limit", 4)
                .containsEntry("total_cost_limit", "7")
                .containsEntry("price_multiplier", "0.9")
                .containsEntry("billing_type", "quota")
                .containsEntry("user_package_id", 8)
                .containsEntry("account_ids", List.of(2))
                .containsEntry("total_cost", "0.000123")
                .containsEntry("request_count", 9)
                .containsEntry("last_used_at", "2026-01-01T00:00:00Z");
        assertThat(SERVER.get(ADMIN, "/api/admin/operation-logs").text()).doesNotContain(text.text());
    }

    @Test
    void a_rotated_key_has_another_text() {
        Map<String, Object> issued = issue(ANN).data();

        Map<String, Object> rotated = SERVER.post(ADMIN, KEYS + "/" + issued.get("id") + "/rotate", "{}")
                .data();

        assertThat(rotated.get("id")).isEqualTo(issued.get("id"));
        assertThat(rotated.get("key")).isNotEqualTo(issued.get("key"));
    }

    @Test
    void a_users_keys_have_a_path_of_their_own() {
        String bobs = "/api/admin/users/" + BOB + "/api-keys";
        Answer issued = SERVER.post(ADMIN, bobs, "{\"name\": \"bob's\"}");
        Object id = issued.data().get("id");

        assertThat(SERVER.get(ADMIN, bobs).items())
                .extracting(key -> key.get("id"))
                .containsExactly(id);
        assertThat(SERVER.get(ADMIN, "/api/admin/users/" + ANN + "/api-keys/" + id)
                        .status())
                .isEqualTo(404);
        assertThat(SERVER.put(ADMIN, bobs + "/" + id, "{\"status\": \"disabled\"}")
                        .data())
                .containsEntry("status", "disabled");
        assertThat(SERVER.delete(ADMIN, bobs + "/" + id).status()).isEqualTo(200);
        assertThat(SERVER.get(ADMIN, bobs).items()).isEmpty();
    }

    @Test
    void everything_wrong_is_said_at_once() {
        Answer refused = SERVER.post(ADMIN, KEYS, """
                {"name": "", "allowed_ips": ["nowhere"], "expires_at": "tomorrow", "billing_type": "free",
                 "expires_after_days": 0, "key": "tg-mine", "status": null, "allowed_models": "gpt"}
                """);

        assertThat(refused.wrongFields())
                .containsExactlyInAnyOrder(
                        "user_id",
                        "name",
                        "allowed_ips",
                        "expires_at",
                        "billing_type",
                        "expires_after_days",
                        "key",
                        "status",
                        "allowed_models");
        assertThat(SERVER.post(ADMIN, KEYS, "{\"user_id\": 5, \"name\": \"x\"}").status())
                .isEqualTo(404);
    }

    private static Answer issue(long user) {
        return SERVER.post(ADMIN, KEYS, "{\"user_id\": " + user + ", \"name\": \"a key\"}");
    }

    private static long create(String name) {
        Answer created = SERVER.post(
                ADMIN, "/api/admin/users", "{\"username\": \"" + name + "\", \"password\": \"long password\"}");
        return ((Number) created.data().get("id")).longValue();
    }
}
