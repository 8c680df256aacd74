package dev.tollgate.upstream.bedrock.conversation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.tollgate.application.relay.conversation.RawJson;
import java.io.IOException;
import java.io.UncheckedIOException;

/** JSON built and read as trees, numbers exactly as they were written. */
final class Tree {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private Tree() {}

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    /** Puts a JSON text in as it is. */
    static void put(ObjectNode object, String name, RawJson value) {
        object.putRawValue(name, new RawValue(value.text()));
    }

    static byte[] bytes(ObjectNode object) {
        try {
            return JSON.writeValueAsBytes(object);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException("writing to memory", impossible);
        }
    }

    /** Reads an object; an empty one if the bytes are none. */
    static JsonNode read(byte[] json, int from, int to) {
        try {
            JsonNode read = JSON.readTree(json, from, to - from);
            return read == null || !read.isObject() ? object() : read;
        } catch (IOException notJson) {
            return object();
        }
    }
}
