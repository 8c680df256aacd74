package dev.tollgate.bootstrap.whole;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URLDecoder;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a recorded exchange is repeated through the gateway: the account it goes to and the call that is made.
 *
 * @param basePath of the account's address, so that the upstream is asked at the recorded path
 * @param model as the caller names it
 * @param path the caller's, with its query
 * @param sameDialect whether the platform speaks the caller's dialect, so that nothing is converted
 */
record CorpusCall(
        String accountType,
        String basePath,
        Map<String, Object> credentials,
        String model,
        String path,
        String contentType,
        @SuppressWarnings("ArrayRecordComponent") byte[] body,
        boolean sameDialect) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern MODEL = Pattern.compile("/models?/([^/]+?)(?::[A-Za-z]+)?(?:/[a-z-]+)?$");
    private static final Map<String, Object> KEY = Map.of("api_key", "test-upstream-key");
    private static final Set<String> STREAMS_BY_PATH = Set.of("gemini", "vertex");

    /** The APIs of OpenAI by their names in the corpus. */
    private static final Map<String, String> PATHS = Map.ofEntries(
            Map.entry("chat_completions", "/chat/completions"),
            Map.entry("responses", "/responses"),
            Map.entry("responses_compact", "/responses/compact"),
            Map.entry("completions", "/completions"),
            Map.entry("embeddings", "/embeddings"),
            Map.entry("images_generations", "/images/generations"),
            Map.entry("images_edits", "/images/edits"),
            Map.entry("audio_speech", "/audio/speech"),
            Map.entry("audio_transcriptions", "/audio/transcriptions"),
            Map.entry("audio_translations", "/audio/translations"),
            Map.entry("moderations", "/moderations"),
            Map.entry("messages", "/messages"),
            Map.entry("count_tokens", "/messages/count_tokens"));

    static CorpusCall of(Recording recording) {
        return switch (recording.platform()) {
            case "anthropic" -> messages(recording, "claude", KEY);
            case "anthropic-oauth" -> messages(recording, "claude-oauth", Map.of("access_token", "test-upstream-key"));
            case "azure-openai" -> azure(recording);
            case "gemini", "vertex" -> PATHS.containsKey(recording.api()) ? openAi(recording) : generate(recording);
            case "bedrock" -> PATHS.containsKey(recording.api()) ? openAi(recording) : bedrock(recording);
            default -> openAi(recording);
        };
    }

    private static CorpusCall messages(Recording recording, String type, Map<String, Object> credentials) {
        String model = model(recording, "claude-test");
        URI url = recording.url();
        String query = url == null || url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        String path = "/v1" + PATHS.get(recording.api()) + query;
        return json(type, "", credentials, model, path, body(recording, model), true);
    }

    private static CorpusCall openAi(Recording recording) {
        String path = PATHS.get(recording.api());
        URI url = recording.url();
        String base =
                url == null ? "/v1" : url.getPath().substring(0, url.getPath().lastIndexOf(path));
        JsonNode form = recording.kept().at("/request/body/_multipart");
        String api = recording.api();
        if (form.isObject() || api.equals("audio_transcriptions") || api.equals("audio_translations")) {
            String model = form.at("/fields/model").asText("whisper-1");
            RecordedForm sent = RecordedForm.of(form, model);
            return new CorpusCall("openai", base, KEY, model, "/v1" + path, sent.contentType(), sent.bytes(), true);
        }
        String model = model(recording, "openai-test");
        return json("openai", base, KEY, model, "/v1" + path, body(recording, model), true);
    }

    /** The family of its address decides what the account is told. */
    private static CorpusCall azure(Recording recording) {
        URI url = recording.url();
        String own = url == null
                ? "/openai/v1" + PATHS.get(recording.api())
                : url.getPath().replace("//", "/");
        String query = url == null ? null : url.getRawQuery();
        Map<String, Object> credentials = new HashMap<>(KEY);
        if (query != null && query.startsWith("api-version=")) {
            credentials.put("api_version", query.substring("api-version=".length()));
        }
        Matcher classic = Pattern.compile("/openai/deployments/([^/]+)/.*").matcher(own);
        String model = model(recording, classic.matches() ? classic.group(1) : "azure-test");
        if (classic.matches()) {
            credentials.put("deployments", Map.of(model, classic.group(1)));
        }
        String base = classic.matches() ? "" : own.substring(0, own.lastIndexOf(PATHS.get(recording.api())));
        return json(
                "azure-openai",
                base,
                credentials,
                model,
                "/v1" + PATHS.get(recording.api()),
                body(recording, model),
                true);
    }

    private static CorpusCall generate(Recording recording) {
        URI url = recording.url();
        String model = url == null ? recording.kept().path("model").asText("gemini-test") : named(url);
        String base = url == null
                ? "/v1beta"
                : url.getPath().substring(0, url.getPath().indexOf("/models/"));
        String query = recording.api().equals("streamGenerateContent") ? "?alt=sse" : "";
        String path = "/v1beta/models/" + model + ":" + recording.api() + query;
        return json("gemini", base, KEY, model, path, body(recording, model), true);
    }

    /** What Converse answered is asked for as a chat completion, what a Claude model answered by itself as a message. */
    private static CorpusCall bedrock(Recording recording) {
        URI url = recording.url();
        boolean isConverse = recording.api().startsWith("converse");
        String unnamed = isConverse ? "us.amazon.nova-lite-v1:0" : "anthropic.claude-sonnet-4-20250514-v1:0";
        String model = url == null ? unnamed : named(url);
        Map<String, Object> credentials = Map.of("api_key", "test-upstream-key", "region", "us-east-1");
        boolean isMessage =
                !isConverse && recording.kept().at("/request/body/messages").isArray();
        ObjectNode body = isMessage ? body(recording, model) : plain(recording, model);
        body.remove("anthropic_version");
        if (isConverse) {
            recording.kept().at("/request/body/toolConfig/tools").findValues("toolSpec").stream()
                    .forEach(tool -> body.withArray("tools")
                            .addObject()
                            .put("type", "function")
                            .putObject("function")
                            .put("name", tool.path("name").asText())
                            .set("parameters", tool.at("/inputSchema/json")));
        }
        return json(
                "bedrock", "", credentials, model, isConverse ? "/v1/chat/completions" : "/v1/messages", body, false);
    }

    private static CorpusCall json(
            String type,
            String base,
            Map<String, Object> credentials,
            String model,
            String path,
            JsonNode body,
            boolean sameDialect) {
        return new CorpusCall(
                type,
                base,
                credentials,
                model,
                path,
                "application/json",
                body.toString().getBytes(UTF_8),
                sameDialect);
    }

    /** The model an address names. */
    private static String named(URI url) {
        Matcher model = MODEL.matcher(url.getRawPath());
        if (!model.find()) {
            throw new IllegalArgumentException("no model in " + url);
        }
        return URLDecoder.decode(model.group(1), UTF_8);
    }

    private static String model(Recording recording, String unnamed) {
        String asked = recording.kept().at("/request/body/model").asText("");
        String noted = recording.kept().path("model").asText("");
        return !asked.isEmpty() ? asked : !noted.isEmpty() && !noted.equals("null") ? noted : unnamed;
    }

    /** The recorded request with its model, or a plain one where none was kept. */
    private static ObjectNode body(Recording recording, String model) {
        if (!(recording.requested() instanceof ObjectNode recorded)) {
            return plain(recording, model);
        }
        ObjectNode body = recorded.deepCopy();
        if (!STREAMS_BY_PATH.contains(recording.platform()) || PATHS.containsKey(recording.api())) {
            body.put("model", model);
            if (recording.stream() && !body.has("stream_format")) {
                body.put("stream", true);
            }
        }
        return body;
    }

    private static ObjectNode plain(Recording recording, String model) {
        ObjectNode body = JSON.createObjectNode();
        switch (recording.api()) {
            case "generateContent", "streamGenerateContent", "countTokens" ->
                body.putArray("contents")
                        .addObject()
                        .putArray("parts")
                        .addObject()
                        .put("text", "Say hello.");
            case "embedContent" ->
                body.putObject("content").putArray("parts").addObject().put("text", "Say hello.");
            case "responses", "responses_compact", "embeddings", "audio_speech", "moderations" ->
                body.put("model", model).put("input", "Say hello.");
            case "completions", "images_generations", "images_edits" ->
                body.put("model", model).put("prompt", "Say hello.");
            default ->
                body.put("model", model)
                        .put("max_tokens", 1024)
                        .putArray("messages")
                        .addObject()
                        .put("role", "user")
                        .put("content", "Say hello.");
        }
        if (recording.stream() && body.has("model")) {
            body.put("stream", true);
        }
        return body;
    }

    /** The same model at the same account, asked for something plain in another dialect. */
    CorpusCall spoken(String dialect, boolean stream) {
        ObjectNode body = JSON.createObjectNode();
        if (dialect.equals("generate_content")) {
            body.putArray("contents").addObject().putArray("parts").addObject().put("text", "Say hello.");
        } else {
            body.put("model", model).put("stream", stream);
        }
        if (dialect.equals("responses")) {
            body.put("input", "Say hello.");
        } else if (body.has("model")) {
            body.put("max_tokens", 1024)
                    .putArray("messages")
                    .addObject()
                    .put("role", "user")
                    .put("content", "Say hello.");
        }
        String path = switch (dialect) {
            case "chat" -> "/v1/chat/completions";
            case "messages" -> "/v1/messages";
            case "responses" -> "/v1/responses";
            default -> "/v1beta/models/" + model + (stream ? ":streamGenerateContent?alt=sse" : ":generateContent");
        };
        return json(accountType, basePath, credentials, model, path, body, false);
    }

    /** The headers a caller of that dialect sends. */
    Map<String, String> headers(Recording recording, String key) {
        Map<String, String> headers = new HashMap<>(Map.of("content-type", contentType));
        if (path.startsWith("/v1beta/")) {
            headers.put("x-goog-api-key", key);
        } else if (path.startsWith("/v1/messages")) {
            headers.put("x-api-key", key);
            headers.put("anthropic-version", "2023-06-01");
            String betas =
                    recording.kept().at("/request/headers/anthropic-beta").asText("");
            if (!betas.isEmpty()) {
                headers.put("anthropic-beta", betas);
            }
        } else {
            headers.put("authorization", "Bearer " + key);
        }
        return headers;
    }

    /** What the upstream should be asked at, null where that was not kept. */
    static @Nullable String recordedTarget(Recording recording) {
        URI url = recording.url();
        return url == null ? null : URLDecoder.decode(url.getRawPath().replace("//", "/"), UTF_8);
    }
}
