package dev.tollgate.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tollgate.upstream.meter.JsonTree;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Recorded exchanges with providers, which lie beside the checkout and are no part of it. */
public final class Corpus {
    private static final Set<String> MEMBERS =
            Set.of("id", "stream", "request", "response", "expected_usage", "provenance");

    private Corpus() {}

    /** One recorded answer; usage in the provider's own names, empty if there is none. */
    @SuppressWarnings("ArrayRecordComponent") // read, never compared
    public record Recording(
            String id,
            boolean stream,
            int status,
            Map<String, Object> headers,
            byte[] body,
            Map<String, Object> usage) {
        /** The headers as they were on the wire. */
        public HttpHeaders wireHeaders() {
            HttpHeaders wire = new DefaultHttpHeaders();
            headers.forEach((name, value) -> wire.set(name, JsonTree.text(value)));
            return wire;
        }

        @Override
        public String toString() {
            return id;
        }
    }

    /** The folder; null where there is none. */
    public static Path folder() {
        String set = System.getenv("TOLLGATE_CORPUS");
        if (set != null) {
            return Path.of(set);
        }
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path beside = at.resolveSibling("shared").resolve("corpus");
            if (Files.isDirectory(beside)) {
                return beside;
            }
        }
        return null;
    }

    public static List<Recording> recordings(String platform, String api) {
        Path folder = folder();
        if (folder == null) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .filter(file -> file.getParent().endsWith(Path.of(platform, api)))
                    .sorted()
                    .map(Corpus::read)
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** One of them; empty where there is no folder. */
    public static Optional<Recording> recording(String id) {
        String[] names = id.split("\\.", -1);
        return recordings(names[0], names[1]).stream()
                .filter(recording -> recording.id().equals(id))
                .findFirst();
    }

    private static byte[] body(Map<String, Object> response) {
        return response.containsKey("body_base64")
                ? Base64.getDecoder().decode(JsonTree.text(response.get("body_base64")))
                : JsonTree.text(response.get("body")).getBytes(UTF_8);
    }

    private static Recording read(Path file) {
        try {
            byte[] json = Files.readAllBytes(file);
            Map<String, Object> record = JsonTree.members(json, 0, json.length, MEMBERS);
            Map<String, Object> response = JsonTree.object(record.get("response"));
            return new Recording(
                    JsonTree.text(record.get("id")),
                    Boolean.TRUE.equals(record.get("stream")),
                    ((Long) response.get("status")).intValue(),
                    JsonTree.object(response.get("headers")),
                    body(response),
                    JsonTree.object(record.get("expected_usage")));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
