package dev.tollgate.web.relay.openai;

import static dev.tollgate.web.relay.conversation.CodecCalls.understood;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tollgate.application.relay.conversation.Conversation;
import dev.tollgate.application.relay.conversation.Part;
import dev.tollgate.web.relay.openai.chat.ChatCodec;
import dev.tollgate.web.relay.openai.responses.ResponsesCodec;
import org.junit.jupiter.api.Test;

/** Requests as coding agents send them in the middle of their work: long, with dozens of tools and many turns. */
class AgentRequestsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int TOOLS = 40;
    private static final int TURNS = 60;
    private static final String LONG = "Read the file before you change it. ".repeat(1_000);

    @Test
    void a_request_of_codex_is_understood() throws JsonProcessingException {
        ObjectNode body = (ObjectNode) JSON.readTree("""
                {"model":"gpt-5.3-codex","tool_choice":"auto","parallel_tool_calls":true,"store":false,"stream":true,
                 "reasoning":{"effort":"medium","summary":"auto"},"include":["reasoning.encrypted_content"],
                 "prompt_cache_key":"0199","text":{"verbosity":"medium"},"client_metadata":{"x":"y"},
                 "tools":[{"type":"custom","name":"apply_patch","description":"Edits files.","format":{"type":"grammar",
                   "syntax":"lark","definition":"start: begin_patch hunk+ end_patch"}},
                  {"type":"web_search","external_web_access":false}],
                 "input":[{"type":"message","role":"developer","content":[{"type":"input_text","text":"sandbox"}]},
                  {"type":"message","role":"user","content":[{"type":"input_text","text":"<environment_context/>"}]}]}""");
        body.put("instructions", LONG);
        for (int i = 0; i < TOOLS; i++) {
            ((ArrayNode) body.get("tools")).add(function("tool_" + i).put("type", "function"));
        }
        for (int i = 0; i < TURNS; i++) {
            ArrayNode input = (ArrayNode) body.get("input");
            input.add(JSON.readTree(
                    "{\"type\":\"reasoning\",\"summary\":[],\"content\":null,\"encrypted_content\":\"gA\"}"));
            input.add(
                    JSON.readTree(("{\"type\":\"function_call\",\"id\":\"fc\",\"name\":\"tool_1\",\"call_id\":\"c%d\","
                                    + "\"arguments\":\"{\\\"cmd\\\":[\\\"ls\\\"]}\"}")
                            .formatted(i)));
            input.addObject()
                    .put("type", "function_call_output")
                    .put("call_id", "c" + i)
                    .put("output", LONG.substring(0, 1_000));
        }

        Conversation read = understood(new ResponsesCodec(), body.toString());

        assertThat(body.toString()).hasSizeGreaterThan(100_000);
        assertThat(read.tools()).hasSize(TOOLS + 2);
        assertThat(read.turns()).hasSize(3 + 2 * TURNS);
        assertThat(read.dropped())
                .containsExactly(
                        "reasoning.summary",
                        "text.verbosity",
                        "store",
                        "include",
                        "prompt_cache_key",
                        "client_metadata");
    }

    @Test
    void a_request_of_a_chat_agent_is_understood() throws JsonProcessingException {
        ObjectNode body = (ObjectNode) JSON.readTree("""
                {"model":"m","stream":true,"stream_options":{"include_usage":true},"temperature":0,"max_tokens":8192,
                 "tool_choice":"auto","parallel_tool_calls":false,"reasoning":{"effort":"high"},"usage":{"include":true},
                 "transforms":["middle-out"],"messages":[],"tools":[]}""");
        ArrayNode messages = (ArrayNode) body.get("messages");
        messages.addObject()
                .put("role", "system")
                .putArray("content")
                .addObject()
                .put("type", "text")
                .put("text", LONG)
                .putObject("cache_control")
                .put("type", "ephemeral");
        for (int i = 0; i < TOOLS; i++) {
            ((ArrayNode) body.get("tools")).addObject().put("type", "function").set("function", function("tool_" + i));
        }
        for (int i = 0; i < TURNS; i++) {
            messages.add(JSON.readTree(("{\"role\":\"assistant\",\"content\":null,\"reasoning_details\":null,"
                            + "\"reasoning_content\":\"hm\",\"tool_calls\":[{\"index\":0,\"id\":\"c%d\",\"type\":\"function\","
                            + "\"function\":{\"name\":\"tool_1\",\"arguments\":\"{}\"}}]}")
                    .formatted(i)));
            messages.addObject()
                    .put("role", "tool")
                    .put("name", "tool_1")
                    .put("tool_call_id", "c" + i)
                    .put("content", LONG.substring(0, 1_000));
        }

        Conversation read = understood(new ChatCodec(), body.toString());

        assertThat(body.toString()).hasSizeGreaterThan(100_000);
        assertThat(read.tools()).hasSize(TOOLS);
        assertThat(read.turns()).hasSize(1 + 2 * TURNS);
        assertThat(read.turns().getLast().parts().getFirst())
                .isInstanceOfSatisfying(
                        Part.ToolResult.class,
                        result -> assertThat(result.name()).isEqualTo("tool_1"));
        assertThat(read.dropped()).containsExactly("cache_control", "usage", "transforms");
    }

    private static ObjectNode function(String name) throws JsonProcessingException {
        ObjectNode function = JSON.createObjectNode().put("name", name).put("description", "Does " + name + ".");
        function.put("strict", false);
        function.set("parameters", JSON.readTree("""
                {"type":"object","properties":{"cmd":{"type":"array","items":{"type":"string"}}},
                 "required":["cmd"],"additionalProperties":false}"""));
        return function;
    }
}
