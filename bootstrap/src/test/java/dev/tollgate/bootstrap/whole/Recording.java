package dev.tollgate.bootstrap.whole;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tollgate.upstream.Corpus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One recorded exchange of the corpus, as a caller would repeat it. */
record Recording(String id, String platform, String api, boolean stream, JsonNode kept) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Every recording of these platforms and calls; empty where there is no corpus. */
    static List<Recording> all(Set<String> platforms, Set<String> apis) {
        Path folder = Corpus.folder();
        if (folder == null) {
            return List.of();
        }
        try {
            return Files.readAllLines(folder.resolve("MANIFEST.jsonl")).stream()
                    .map(Recording::parse)
                    .filter(line -> platforms.contains(line.get("platform").asText())
                            && apis.contains(line.get("api").asText()))
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

    int status() {
        return kept.at("/response/status").asInt();
    }

    /** Whether the answer was kept: of one quoted in an issue there may be only the headers. */
    boolean hasBody() {
        return status() != 200 || !kept.at("/response/body").asText("").isEmpty();
    }

    byte[] body() {
        return kept.at("/response/body").asText().getBytes(StandardCharsets.UTF_8);
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
