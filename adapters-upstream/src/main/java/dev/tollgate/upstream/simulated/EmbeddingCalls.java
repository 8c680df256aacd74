package dev.tollgate.upstream.simulated;

import static dev.tollgate.upstream.http.JsonEdits.quoted;

import dev.tollgate.application.relay.UpstreamRequest;
import dev.tollgate.upstream.meter.JsonTree;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Answers to calls for embeddings: OpenAI's, and Gemini's for one text and for several. */
final class EmbeddingCalls {
    private static final int DIMENSIONS = 1536;
    private static final int DIMENSIONS_MAX = 4096;
    private static final Set<String> MEMBERS =
            Set.of("input", "dimensions", "encoding_format", "content", "requests", "outputDimensionality");

    private EmbeddingCalls() {}

    /** An answer of OpenAI's. */
    static String openai(UpstreamRequest request, long tokens) {
        Map<String, Object> asked = members(request);
        int dimensions = dimensions(asked.get("dimensions"));
        boolean base64 = JsonTree.text(asked.get("encoding_format")).equals("base64");
        List<String> texts = texts(asked.get("input"));
        String data = IntStream.range(0, texts.size())
                .mapToObj(index -> "{\"object\":\"embedding\",\"index\":" + index + ",\"embedding\":"
                        + written(Embedding.of(texts.get(index), dimensions), base64) + "}")
                .collect(Collectors.joining(","));
        return "{\"object\":\"list\",\"data\":[" + data + "],\"model\":" + quoted(request.sentModel())
                + ",\"usage\":{\"prompt_tokens\":" + tokens + ",\"total_tokens\":" + tokens + "}}";
    }

    private static String written(Embedding embedding, boolean base64) {
        return base64 ? quoted(embedding.base64()) : embedding.json();
    }

    /** A text, several, or one or several that are given as token numbers. */
    private static List<String> texts(@Nullable Object input) {
        if (!(input instanceof List<?> list)) {
            return List.of(JsonTree.text(input));
        }
        boolean isOneOfTokens = !list.isEmpty() && list.get(0) instanceof Long;
        Stream<?> each = isOneOfTokens ? Stream.of(list) : list.stream();
        return each.map(Object::toString).toList();
    }

    /** An answer of Gemini's to {@code embedContent} or {@code batchEmbedContents}. */
    static String gemini(UpstreamRequest request) {
        Map<String, Object> asked = members(request);
        if (asked.get("requests") instanceof List<?> several) {
            return several.stream()
                    .map(each -> values(JsonTree.object(each)))
                    .collect(Collectors.joining(",", "{\"embeddings\":[", "]}"));
        }
        return "{\"embedding\":" + values(asked) + "}";
    }

    private static String values(Map<String, Object> asked) {
        String text = JsonTree.object(asked.get("content")).get("parts") instanceof List<?> parts
                ? parts.stream()
                        .map(part -> JsonTree.text(JsonTree.object(part).get("text")))
                        .collect(Collectors.joining(" "))
                : "";
        int dimensions = dimensions(asked.get("outputDimensionality"));
        return "{\"values\":" + Embedding.of(text, dimensions).json() + "}";
    }

    private static int dimensions(@Nullable Object asked) {
        return asked instanceof Long count && count > 0 ? (int) Math.min(count, DIMENSIONS_MAX) : DIMENSIONS;
    }

    private static Map<String, Object> members(UpstreamRequest request) {
        byte[] body = request.call().body().bytes();
        Map<String, Object> members = JsonTree.members(body, 0, body.length, MEMBERS);
        return members == null ? Map.of() : members;
    }
}
