package dev.tollgate.web.relay.conversation;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tollgate.application.relay.CallError;
import dev.tollgate.application.relay.conversation.CallerCodec.Reading;
import dev.tollgate.application.relay.conversation.Conversation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads a body as a tree, numbers exactly as they were written. */
public final class RequestJson {
    /** A body's size is bounded before it comes here, and an image inside may fill it. */
    private static final StreamReadConstraints CONSTRAINTS =
            StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build();

    private static final ObjectMapper JSON = JsonMapper.builder(
                    JsonFactory.builder().streamReadConstraints(CONSTRAINTS).build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private RequestJson() {}

    /** Lets {@code reader} understand a body, and refuses with the first thing it found wrong. */
    public static Reading read(byte[] body, Function<Members, Conversation> reader) {
        Findings findings = new Findings();
        if (!(tree(body) instanceof ObjectNode object)) {
            return new Reading.Refused(CallError.of(CallError.Code.INVALID_REQUEST, "The body is no JSON object"));
        }
        Conversation conversation = reader.apply(new Members(object, "", findings));
        CallError error = findings.error();
        return error == null ? new Reading.Understood(conversation) : new Reading.Refused(error);
    }

    /** The JSON object a text holds (a tool's arguments), null if it holds none. */
    public static @Nullable ObjectNode object(String text) {
        try {
            return JSON.readTree(text) instanceof ObjectNode object ? object : null;
        } catch (JsonProcessingException notJson) {
            return null;
        }
    }

    /** The JSON object a body was found to be; an empty one if it is none. */
    public static ObjectNode object(byte[] body) {
        return tree(body) instanceof ObjectNode object ? object : newObject();
    }

    public static ObjectNode newObject() {
        return JSON.createObjectNode();
    }

    private static @Nullable JsonNode tree(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException notJson) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory", e);
        }
    }
}
