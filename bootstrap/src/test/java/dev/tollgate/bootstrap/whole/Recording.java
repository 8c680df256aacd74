package dev.tollgate.bootstrap.whole;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tollgate.upstream.Corpus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One recorded exchange of the corpus. */
record Recording(String id, String platform, String api, boolean stream, JsonNode kept) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> FRAMING =
            Set.of("content-type", "content-length", "transfer-encoding", "connection", "keep-alive", "date");

    /** Every recording of these platforms and calls; empty where there is no corpus. */
    static List<Recording> all(@Nullable Set<String> platforms, @Nullable Set<String> apis) {
        Path folder = Corpus.folder();
        if (folder == null) {
            return List.of();
        }
        try {
            return Files.readAllLines(folder.resolve("MANIFEST.jsonl")).stream()
                    .map(Recording::parse)
                    .filter(line -> isIn(line, "platform", platforms) && isIn(line, "api", apis))
                    .map(line -> new Recording(
                            line.get("id").asText(),
                            line.get("platform").asText(),
                            line.get("api").asText(),
                            line.get("stream").asBoolean(),
                            read(folder.resolve(line.get("path").asText()))))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every recording there is. */
    static List<Recording> all() {
        return all(null, null);
    }

    int status() {
        return kept.at("/response/status").asInt();
    }

    /** Whether the answer was kept: of one quoted in an issue there may be only the headers. */
    boolean hasBody() {
        return status() != 200 || body().length > 0;
    }

    byte[] body() {
        return kept.at("/response/body_base64").isTextual()
                ? Base64.getDecoder().decode(kept.at("/response/body_base64").asText())
                : kept.at("/response/body").asText("").getBytes(StandardCharsets.UTF_8);
    }

    String text() {
        return new String(body(), StandardCharsets.UTF_8);
    }

    String contentType() {
        return kept.at("/response/headers/content-type").asText("application/json");
    }

    /** The headers of the answer that say nothing of how it was framed. */
    Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        kept.at("/response/headers").properties().stream()
                .filter(header -> !FRAMING.contains(header.getKey().toLowerCase(Locale.ROOT)))
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asText()));
        return headers;
    }

    /** What was asked; null where only the answer was kept. */
    @Nullable
    JsonNode requested() {
        JsonNode body = kept.at("/request/body");
        return body.isMissingNode() || body.isNull() ? null : body;
    }

    /** Where it was asked; null where that was not kept. */
    @Nullable
    URI url() {
        String url = kept.at("/request/url").asText("");
        return url.isEmpty() ? null : URI.create(url);
    }

    /** The JSON documents the answer is made of: one, or one an event. */
    List<JsonNode> documents() {
        if (kept.at("/response/decoded_events").isArray()) {
            List<JsonNode> events = new ArrayList<>();
            kept.at("/response/decoded_events").forEach(event -> events.add(event.path("payload")));
            return events;
        }
        String text = text();
        if (text.startsWith("{")) {
            return List.of(parse(text));
        }
        return text.lines()
                .filter(line -> line.startsWith("data:"))
                .map(line -> line.substring("data:".length()).strip())
                .filter(data -> data.startsWith("{"))
                .map(Recording::parse)
                .toList();
    }

    /** The final usage in the provider's own names; null if none was reported. */
    @Nullable
    JsonNode usage() {
        JsonNode usage = kept.path("expected_usage");
        return usage.isObject() ? usage : null;
    }

    String model() {
        String asked = kept.at("/request/body/model").asText("");
        String manifest = kept.path("model").asText("");
        return !asked.isEmpty() ? asked : !manifest.isEmpty() ? manifest : "a-model-nobody-noted";
    }

    boolean isUsageAsked() {
        return kept.at("/request/body/stream_options/include_usage").asBoolean();
    }

    /** The recorded request, or a plain one where none was kept. */
    String request() {
        JsonNode recorded = kept.at("/request/body");
        ObjectNode request = recorded.isObject() ? recorded.deepCopy() : JSON.createObjectNode();
        request.put("model", model());
        if (!recorded.isObject()) {
            request.put("max_tokens", 1024);
            request.putArray("messages").addObject().put("role", "user").put("content", "Say hello.");
        }
        if (stream) {
            request.put("stream", true);
        }
        return request.toString();
    }

    @Override
    public String toString() {
        return id;
    }

    private static boolean isIn(JsonNode line, String name, @Nullable Set<String> wanted) {
        return wanted == null || wanted.contains(line.get(name).asText());
    }

    private static JsonNode read(Path file) {
        try {
            return JSON.readTree(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
