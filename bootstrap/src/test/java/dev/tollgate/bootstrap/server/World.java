package dev.tollgate.bootstrap.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sets up users, keys, accounts and packages through the admin API, as an operator would. */
public record World(AdminClient admin) {

    /** An account at a server of the test's. @return its id */
    public long account(String type, URI server, Map<String, Object> more) {
        Map<String, Object> account = new LinkedHashMap<>(Map.of(
                "name",
                type + "-" + server.getPort(),
                "type",
                type,
                "base_url",
                server.toString(),
                "credentials",
                Map.of("api_key", "test-upstream-key")));
        account.putAll(more);
        return admin.post("/api/admin/accounts", account).get("id").asLong();
    }

    /** A user with credit. @return its id */
    public long user(String name, String credit) {
        long id = admin.post("/api/admin/users", Map.of("username", name, "password", "correct horse battery " + name))
                .get("id")
                .asLong();
        if (!credit.equals("0")) {
            admin.post("/api/admin/users/" + id + "/credits", Map.of("amount", credit, "reason", "for the test"));
        }
        return id;
    }

    /** A key's text. */
    public String key(long userId, Map<String, Object> more) {
        Map<String, Object> key = new LinkedHashMap<>(Map.of("user_id", userId, "name", "key of " + userId));
        key.putAll(more);
        return admin.post("/api/admin/api-keys", key).get("key").asText();
    }

    /** A quota package of so much money, assigned to a user. @return the user package's id */
    public long quota(long userId, String amount, Map<String, Object> more) {
        Map<String, Object> offered = new LinkedHashMap<>(
                Map.of("name", "quota of " + amount, "type", "quota", "quota_amount", amount, "duration_days", 30));
        offered.putAll(more);
        long packageId = admin.post("/api/admin/packages", offered).get("id").asLong();
        return admin.post("/api/admin/user-packages/user/" + userId, Map.of("package_id", packageId))
                .get("id")
                .asLong();
    }

    /** A model with these prices in dollars per million tokens. */
    public void model(String name, String platform, String input, String output) {
        admin.post(
                "/api/admin/models",
                Map.of(
                        "name", name,
                        "platform", platform,
                        "input_price", input,
                        "output_price", output,
                        "context_window", 200_000,
                        "max_output_tokens", 64_000));
    }

    /** Every record there is, newest first. */
    public List<JsonNode> records() {
        List<JsonNode> all = new java.util.ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = admin.get("/api/admin/usage/records?limit=500" + cursor);
            page.get("items").forEach(all::add);
            cursor = page.path("next_cursor").isTextual()
                    ? "&cursor=" + page.get("next_cursor").asText()
                    : "";
        } while (!cursor.isEmpty());
        return all;
    }
}
