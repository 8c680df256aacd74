package dev.tollgate.upstream.conversation;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tollgate.application.relay.conversation.RawJson;
import dev.tollgate.upstream.http.StreamEvent;
import java.io.IOException;
import java.io.UncheckedIOException;

/** JSON as trees, every number as exact as it was written. */
public final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(Integer.MAX_VALUE) // the request's own bound holds
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private Json() {}

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    public static ArrayNode array() {
        return MAPPER.createArrayNode();
    }

    /**
     * A value as a tree of its own.
     *
     * @throws IllegalArgumentException if the text is no JSON, which {@link RawJson} promises it is
     */
    public static JsonNode tree(RawJson json) {
        try {
            return MAPPER.readTree(json.text());
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException("no JSON: " + malformed.getOriginalMessage());
        }
    }

    /** A value that should be an object; what is none becomes the member {@code name} of one. */
    public static ObjectNode object(RawJson json, String name) {
        return tree(json) instanceof ObjectNode object ? object : object().set(name, tree(json));
    }

    /** The data of an event; a missing node if it is no JSON. */
    public static JsonNode data(StreamEvent event) {
        return event.hasData()
                ? read(event.data(), event.dataFrom(), event.dataTo() - event.dataFrom())
                : MissingNode.getInstance();
    }

    /** A text read as JSON; a missing node if it is none. */
    public static JsonNode read(byte[] json) {
        return read(json, 0, json.length);
    }

    private static JsonNode read(byte[] json, int from, int length) {
        try {
            return MAPPER.readTree(json, from, length);
        } catch (IOException malformed) {
            return MissingNode.getInstance();
        }
    }

    /** A member's text; empty if it is absent, null or no string. */
    public static String text(JsonNode object, String name) {
        return object.path(name).asText("");
    }

    public static byte[] bytes(JsonNode tree) {
        try {
            return MAPPER.writeValueAsBytes(tree);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
