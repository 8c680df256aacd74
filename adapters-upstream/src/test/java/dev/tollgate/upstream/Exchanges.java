package dev.tollgate.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Recorded requests with their answers and the usage told in them. */
public final class Exchanges {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern IN_PATH = Pattern.compile("/model/([^/]+)/|/models/([^/:]+):");

    private Exchanges() {}

    /** One of them; the model is the one that answered, as far as it is known. */
    @SuppressWarnings("ArrayRecordComponent") // read, never compared
    public record Exchange(
            String id, String platform, String api, boolean stream, String model, JsonNode request, byte[] answer) {
        @Override
        public String toString() {
            return id;
        }
    }

    /** Those that were really recorded, went well, are whole and have usage; none where there is no corpus. */
    public static List<Exchange> whole() {
        Path folder = Corpus.folder();
        if (folder == null) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder.resolve("recorded"))) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(Exchanges::read)
                    .filter(Exchanges::isWhole)
                    .map(Exchanges::exchange)
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static JsonNode read(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static boolean isWhole(JsonNode record) {
        JsonNode request = record.path("request");
        JsonNode response = record.path("response");
        return response.path("status").asInt() == 200
                && request.path("body").isObject()
                && !request.has("body_elided")
                && !response.has("body_elided")
                && !request.toString().contains("<MASSIVE_TEXT>")
                && !record.path("expected_usage").isEmpty();
    }

    private static Exchange exchange(JsonNode record) {
        JsonNode response = record.path("response");
        return new Exchange(
                record.path("id").asText(),
                record.path("platform").asText(),
                record.path("api").asText(),
                record.path("stream").asBoolean(),
                model(record),
                record.path("request").path("body"),
                response.has("body_base64")
                        ? Base64.getDecoder()
                                .decode(response.path("body_base64").asText())
                        : response.path("body").asText().getBytes(StandardCharsets.UTF_8));
    }

    private static String model(JsonNode record) {
        String url = record.path("request").path("url").asText();
        Matcher inPath = IN_PATH.matcher(url);
        if (inPath.find()) {
            String named = inPath.group(1) == null ? inPath.group(2) : inPath.group(1);
            return URLDecoder.decode(named, StandardCharsets.UTF_8);
        }
        String told = record.path("model").asText("");
        return told.isEmpty()
                ? record.path("request").path("body").path("model").asText("")
                : told;
    }
}
