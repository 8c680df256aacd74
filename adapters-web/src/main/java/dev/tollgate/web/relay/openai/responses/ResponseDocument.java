package dev.tollgate.web.relay.openai.responses;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tollgate.application.relay.RelayCall;
import dev.tollgate.domain.usage.TokenClass;
import dev.tollgate.domain.usage.TokenUsage;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The object a response is, with every member SDKs demand: what the caller asked for, as it was asked, and what came of
 * it. It is never stored, for the provider keeps nothing in this dialect.
 *
 * @param request the caller's body
 */
record ResponseDocument(String id, long createdAt, String model, ObjectNode request) {
    /** What the API says where the caller said nothing. */
    private static final Map<String, String> ECHOED = Map.ofEntries(
            Map.entry("instructions", "null"),
            Map.entry("max_output_tokens", "null"),
            Map.entry("max_tool_calls", "null"),
            Map.entry("metadata", "{}"),
            Map.entry("parallel_tool_calls", "true"),
            Map.entry("prompt_cache_key", "null"),
            Map.entry("reasoning", "{\"effort\":null,\"summary\":null}"),
            Map.entry("safety_identifier", "null"),
            Map.entry("temperature", "1"),
            Map.entry("text", "{\"format\":{\"type\":\"text\"}}"),
            Map.entry("tool_choice", "\"auto\""),
            Map.entry("tools", "[]"),
            Map.entry("top_logprobs", "0"),
            Map.entry("top_p", "1"),
            Map.entry("truncation", "\"disabled\""),
            Map.entry("user", "null"));

    /** @param bareId without the prefix of a response's id */
    static ResponseDocument of(RelayCall call, String bareId, ObjectNode request) {
        return new ResponseDocument(
                "resp_" + bareId,
                call.id().instant().getEpochSecond(),
                call.body().model(),
                request);
    }

    /** @param usage null until the response has ended */
    void write(JsonGenerator json, ResponseStatus status, List<String> output, @Nullable TokenUsage usage)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("id", id);
        json.writeStringField("object", "response");
        json.writeNumberField("created_at", createdAt);
        json.writeStringField("status", status.word());
        json.writeStringField("model", model);
        json.writeBooleanField("background", false);
        json.writeBooleanField("store", false);
        json.writeNullField("previous_response_id");
        writeEnd(json, status);
        json.writeArrayFieldStart("output");
        for (String item : output) {
            json.writeRawValue(item);
        }
        json.writeEndArray();
        for (String name : ECHOED.keySet().stream().sorted().toList()) {
            JsonNode asked = request.get(name);
            json.writeFieldName(name);
            json.writeRawValue(asked == null || asked.isNull() ? ECHOED.get(name) : asked.toString());
        }
        json.writeFieldName("usage");
        if (usage == null) {
            json.writeNull();
        } else {
            writeUsage(json, usage);
        }
        json.writeEndObject();
    }

    private static void writeEnd(JsonGenerator json, ResponseStatus status) throws IOException {
        json.writeFieldName("error");
        if (status.isFailed()) {
            json.writeStartObject();
            json.writeStringField("code", "server_error");
            json.writeStringField("message", "The model's output could not be used.");
            json.writeEndObject();
        } else {
            json.writeNull();
        }
        json.writeFieldName("incomplete_details");
        if (status.incompleteReason() == null) {
            json.writeNull();
        } else {
            json.writeStartObject();
            json.writeStringField("reason", status.incompleteReason());
            json.writeEndObject();
        }
    }

    /** Both totals are inclusive here: the input of what caches read and wrote, the output of reasoning. */
    private static void writeUsage(JsonGenerator json, TokenUsage usage) throws IOException {
        json.writeStartObject();
        json.writeNumberField("input_tokens", usage.context());
        json.writeObjectFieldStart("input_tokens_details");
        json.writeNumberField("cached_tokens", usage.cacheRead());
        json.writeNumberField("cache_write_tokens", usage.cacheWrite());
        json.writeEndObject();
        json.writeNumberField("output_tokens", usage.output());
        json.writeObjectFieldStart("output_tokens_details");
        json.writeNumberField("reasoning_tokens", usage.of(TokenClass.REASONING));
        json.writeEndObject();
        json.writeNumberField("total_tokens", usage.total());
        json.writeEndObject();
    }
}
