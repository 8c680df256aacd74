package dev.tollgate.bootstrap.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/** The admin API as a script would use it. */
public final class AdminClient {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI gateway;
    private final String token;

    private AdminClient(URI gateway, String token) {
        this.gateway = gateway;
        this.token = token;
    }

    public static AdminClient login(URI gateway, String username, String password) {
        AdminClient anonymous = new AdminClient(gateway, "");
        JsonNode session = anonymous.post("/api/auth/login", Map.of("username", username, "password", password));
        return new AdminClient(gateway, session.get("access_token").asText());
    }

    public JsonNode get(String path) {
        return data(request("GET", path, null));
    }

    public JsonNode post(String path, Object body) {
        return data(request("POST", path, body));
    }

    public JsonNode put(String path, Object body) {
        return data(request("PUT", path, body));
    }

    public JsonNode delete(String path) {
        return data(request("DELETE", path, null));
    }

    /** The whole envelope, whatever its code. */
    public JsonNode request(String method, String path, @org.jspecify.annotations.Nullable Object body) {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(gateway.resolve(path))
                    .timeout(PATIENCE)
                    .header("content-type", "application/json")
                    .method(
                            method,
                            body == null
                                    ? BodyPublishers.noBody()
                                    : BodyPublishers.ofString(JSON.writeValueAsString(body)));
            if (!token.isEmpty()) {
                request.header("authorization", "Bearer " + token);
            }
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new IllegalStateException(method + " " + path + " failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode data(JsonNode envelope) {
        if (envelope.path("code").asInt(-1) != 0) {
            throw new AssertionError("refused: " + envelope);
        }
        return envelope.get("data");
    }
}
