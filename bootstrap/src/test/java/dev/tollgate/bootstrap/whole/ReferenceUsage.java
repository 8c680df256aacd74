package dev.tollgate.bootstrap.whole;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a recorded exchange used, read a second time from the provider's own counters, with nothing of the product's.
 * Tokens are told apart by the names their prices have on the price list.
 *
 * @param tools calls of the provider's own tools by their names on the price list
 */
record ReferenceUsage(List<Part> parts, Map<String, Long> tools, long seconds, String tier, String speed, String geo) {
    private static final Pattern TIER = Pattern.compile("\"service_?[tT]ier\"\\s*:\\s*\"([A-Za-z_]+)\"");

    /** What was spent at one model's prices; an empty name is the model that was asked for. */
    record Part(String model, Map<String, Long> tokens) {}

    /** Reads the usage of an exchange that has one. */
    static ReferenceUsage of(Recording recording, JsonNode usage, String model) {
        return switch (recording.api()) {
            case "messages", "invoke_model", "invoke_model_stream" -> messages(usage);
            case "generateContent", "streamGenerateContent", "embedContent", "batchEmbedContents" ->
                gemini(recording, usage, model);
            case "converse", "converse_stream" -> plain(converse(usage), converseTier(recording));
            case "responses", "responses_compact" -> responses(recording, usage);
            case "images_generations", "images_edits" ->
                plain(openAi(usage, "input", "output", "tokens_details", "image_output_price"), "");
            case "audio_speech" -> plain(openAi(usage, "input", "output", "token_details", "audio_output_price"), "");
            case "audio_transcriptions", "audio_translations" -> heard(usage);
            default ->
                plain(openAi(usage, "prompt", "completion", "tokens_details", "output_price"), lastTier(recording));
        };
    }

    private static ReferenceUsage plain(Map<String, Long> tokens, String tier) {
        return new ReferenceUsage(List.of(new Part("", tokens)), Map.of(), 0, tier, "", "");
    }

    private static ReferenceUsage heard(JsonNode usage) {
        return usage.path("type").asText().equals("duration")
                ? new ReferenceUsage(
                        List.of(),
                        Map.of(),
                        (long) Math.ceil(usage.path("seconds").asDouble()),
                        "",
                        "",
                        "")
                : plain(openAi(usage, "input", "output", "token_details", "output_price"), "");
    }

    /** The counters of OpenAI's APIs: both counts include everything their details tell apart. */
    private static Map<String, Long> openAi(
            JsonNode usage, String in, String out, String details, String unspecifiedOutput) {
        JsonNode inside = usage.path(in + "_" + details);
        JsonNode outside = usage.path(out + "_" + details);
        long input = usage.path(in + "_tokens").asLong();
        long output = usage.path(out + "_tokens").asLong();
        long cached = inside.path("cached_tokens").asLong();
        long written = inside.path("cache_write_tokens").asLong();
        boolean cachedIsExtra = cached > input;
        long fresh = input - written - (cachedIsExtra ? 0 : cached);
        long audio = Math.min(fresh, inside.path("audio_tokens").asLong());
        long image = Math.min(fresh - audio, inside.path("image_tokens").asLong());
        long reasoning = outside.path("reasoning_tokens").asLong();
        long beyond = usage.path("total_tokens").asLong() - input - output;
        long uncounted = Math.max(0, cachedIsExtra && beyond >= cached ? beyond - cached : beyond);
        long thoughts = Math.max(reasoning, uncounted);
        long audioOut = outside.path("audio_tokens").asLong();
        long imageOut = outside.path("image_tokens").asLong();
        Map<String, Long> tokens = new LinkedHashMap<>();
        tokens.put("input_price", fresh - audio - image);
        tokens.put("audio_input_price", audio);
        tokens.put("image_input_price", image);
        tokens.put("cache_read_price", cached);
        tokens.put("cache_write_5m_price", written);
        tokens.put("reasoning_price", thoughts);
        tokens.put("audio_output_price", audioOut);
        tokens.put("image_output_price", imageOut);
        tokens.merge(
                outside.isObject() ? "output_price" : unspecifiedOutput,
                output + uncounted - thoughts - audioOut - imageOut,
                Long::sum);
        return tokens;
    }

    /** Built-in tools have no counter: their items are counted, pages opened and failed calls left out. */
    private static ReferenceUsage responses(Recording recording, JsonNode usage) {
        Map<String, Long> tools = new HashMap<>();
        Set<String> containers = new HashSet<>();
        JsonNode last = lastResponse(recording);
        String search = Stream.of(last.path("tools").toString()).anyMatch(t -> t.contains("\"web_search_preview"))
                ? "web_search_preview"
                : "web_search";
        for (JsonNode item : last.path("output")) {
            String action = item.path("action").path("type").asText("search");
            switch (item.path("status").asText().equals("failed")
                    ? ""
                    : item.path("type").asText()) {
                case "web_search_call" -> tools.merge(search, action.equals("search") ? 1L : 0L, Long::sum);
                case "file_search_call" -> tools.merge("file_search", 1L, Long::sum);
                case "image_generation_call" -> tools.merge("image_generation", 1L, Long::sum);
                case "code_interpreter_call" ->
                    containers.add(item.path("container_id").asText());
                case "shell_call" ->
                    containers.add(item.at("/environment/container_id").asText());
                default -> {}
            }
        }
        containers.remove("");
        tools.put("code_interpreter", (long) containers.size());
        Map<String, Long> tokens = openAi(usage, "input", "output", "tokens_details", "output_price");
        return new ReferenceUsage(List.of(new Part("", tokens)), tools, 0, lastTier(recording), "", "");
    }

    private static JsonNode lastResponse(Recording recording) {
        List<JsonNode> documents = recording.documents();
        JsonNode last = documents.get(documents.size() - 1);
        return last.path("response").isObject() ? last.get("response") : last;
    }

    private static ReferenceUsage messages(JsonNode usage) {
        List<Part> parts = new ArrayList<>();
        usage.path("iterations")
                .forEach(pass -> parts.add(new Part(pass.path("model").asText(""), pass(pass))));
        if (parts.isEmpty()) {
            parts.add(new Part("", pass(usage)));
        }
        long searches = usage.at("/server_tool_use/web_search_requests").asLong();
        return new ReferenceUsage(
                parts,
                Map.of("web_search", searches),
                0,
                usage.path("service_tier").asText(""),
                usage.path("speed").asText(""),
                usage.path("inference_geo").asText(""));
    }

    private static Map<String, Long> pass(JsonNode usage) {
        long written = usage.path("cache_creation_input_tokens").asLong();
        long hour = usage.at("/cache_creation/ephemeral_1h_input_tokens").asLong();
        long thinking = usage.at("/output_tokens_details/thinking_tokens").asLong();
        return Map.of(
                "input_price",
                usage.path("input_tokens").asLong(),
                "cache_read_price",
                usage.path("cache_read_input_tokens").asLong(),
                "cache_write_5m_price",
                written - hour,
                "cache_write_1h_price",
                hour,
                "output_price",
                usage.path("output_tokens").asLong() - thinking,
                "reasoning_price",
                thinking);
    }

    /** The prompt includes what was cached and not what tools fed back, the candidates leave out the thoughts. */
    private static ReferenceUsage gemini(Recording recording, JsonNode usage, String model) {
        long cached = usage.path("cachedContentTokenCount").asLong();
        long back = usage.path("toolUsePromptTokenCount").asLong();
        long fresh = usage.path("promptTokenCount").asLong() - cached;
        long audio = fresh(usage, fresh, "AUDIO");
        long image = fresh(usage, fresh - audio, "IMAGE", "VIDEO");
        long audioBack = modality(usage, "toolUsePromptTokensDetails", "AUDIO");
        long imageBack = modality(usage, "toolUsePromptTokensDetails", "IMAGE", "VIDEO");
        long candidates = usage.path("candidatesTokenCount").asLong();
        long audioOut = modality(usage, "candidatesTokensDetails", "AUDIO");
        long imageOut = modality(usage, "candidatesTokensDetails", "IMAGE", "VIDEO");
        Map<String, Long> tokens = Map.of(
                "input_price",
                fresh - audio - image + back - audioBack - imageBack,
                "audio_input_price",
                audio + audioBack,
                "image_input_price",
                image + imageBack,
                "cache_read_price",
                cached,
                "output_price",
                candidates - audioOut - imageOut,
                "audio_output_price",
                audioOut,
                "image_output_price",
                imageOut,
                "reasoning_price",
                usage.path("thoughtsTokenCount").asLong());
        String tier = usage.path("serviceTier").asText(usage.path("trafficType").asText(""));
        String bare = tier.toLowerCase(Locale.ROOT).replaceFirst("^on_demand_?", "");
        return new ReferenceUsage(List.of(new Part("", tokens)), grounded(recording, model), 0, bare, "", "");
    }

    private static long fresh(JsonNode usage, long most, String... modalities) {
        long all = modality(usage, "promptTokensDetails", modalities);
        return Math.clamp(all - modality(usage, "cacheTokensDetails", modalities), 0, most);
    }

    private static long modality(JsonNode usage, String details, String... modalities) {
        long sum = 0;
        for (JsonNode entry : usage.path(details)) {
            boolean counts = List.of(modalities).contains(entry.path("modality").asText());
            sum += counts ? entry.path("tokenCount").asLong() : 0;
        }
        return sum;
    }

    /** By the prompt before Gemini 3, by the query from then on. */
    private static Map<String, Long> grounded(Recording recording, String model) {
        Set<String> queries = new HashSet<>();
        boolean searched = false;
        boolean mapped = false;
        for (JsonNode document : recording.documents()) {
            for (JsonNode grounding : document.findValues("groundingMetadata")) {
                grounding.path("webSearchQueries").forEach(query -> queries.add(query.asText()));
                searched |= grounding.has("searchEntryPoint");
                mapped |= !grounding.path("groundingChunks").findValues("maps").isEmpty();
            }
        }
        queries.remove("");
        searched |= !queries.isEmpty();
        long each = model.matches("gemini-[12]\\..*|gemini-robotics-er-1.*") ? 1 : Math.max(1, queries.size());
        return Map.of("web_search", searched ? each : 0L, "google_maps", mapped ? 1L : 0L);
    }

    /** Everything is told apart; the cache counters come under two names and are the same. */
    private static Map<String, Long> converse(JsonNode usage) {
        long written = usage.path("cacheWriteInputTokens")
                .asLong(usage.path("cacheWriteInputTokenCount").asLong());
        long hour = 0;
        for (JsonNode entry : usage.path("cacheDetails")) {
            hour += entry.path("ttl").asText().equals("1h")
                    ? entry.path("inputTokens").asLong()
                    : 0;
        }
        return Map.of(
                "input_price", usage.path("inputTokens").asLong(),
                "cache_read_price", usage.path("cacheReadInputTokens").asLong(),
                "cache_write_5m_price", written - hour,
                "cache_write_1h_price", hour,
                "output_price", usage.path("outputTokens").asLong());
    }

    private static String converseTier(Recording recording) {
        return recording.documents().stream()
                .map(document -> document.at("/serviceTier/type").asText(""))
                .filter(tier -> !tier.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static String lastTier(Recording recording) {
        Matcher tiers = TIER.matcher(recording.text());
        String last = "";
        while (tiers.find()) {
            last = tiers.group(1);
        }
        return last;
    }
}
