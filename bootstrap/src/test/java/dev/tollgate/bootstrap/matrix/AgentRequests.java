package dev.tollgate.bootstrap.matrix;

import static dev.tollgate.bootstrap.matrix.Json.object;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Requests as coding agents of 2026 send them: dozens of tools, a long system prompt, thinking, cache marks, a history. */
final class AgentRequests {
    private static final int TOOLS = 40;
    private static final String LONG = "You are an agent that edits code. Think before you act. ".repeat(1200);
    private static final String FILE = "public final class Example { int value = 42; }\n".repeat(900);

    private AgentRequests() {}

    /** As Claude Code sends it. */
    static Map<String, Object> messages(String model) {
        List<Object> tools = new ArrayList<>();
        for (int i = 0; i < TOOLS; i++) {
            tools.add(
                    object("name", "mcp__server__tool_" + i, "description", description(i), "input_schema", schema()));
        }
        Object cached = object("type", "ephemeral", "ttl", "1h");
        return object(
                "model", model,
                "max_tokens", 32_000,
                "stream", true,
                "system",
                        List.of(
                                object("type", "text", "text", "x-header: agent"),
                                object("type", "text", "text", LONG, "cache_control", cached)),
                "messages",
                        List.of(
                                object(
                                        "role",
                                        "user",
                                        "content",
                                        List.of(
                                                object(
                                                        "type",
                                                        "text",
                                                        "text",
                                                        "<system-reminder>Be brief.</system-reminder>"),
                                                object(
                                                        "type",
                                                        "text",
                                                        "text",
                                                        "Read Example.java",
                                                        "cache_control",
                                                        cached))),
                                object(
                                        "role",
                                        "assistant",
                                        "content",
                                        List.of(
                                                object(
                                                        "type",
                                                        "thinking",
                                                        "thinking",
                                                        "I read it.",
                                                        "signature",
                                                        Said.SIGNATURE),
                                                object("type", "text", "text", "I read the file."),
                                                object(
                                                        "type",
                                                        "tool_use",
                                                        "id",
                                                        "toolu_01A",
                                                        "name",
                                                        "mcp__server__tool_1",
                                                        "input",
                                                        object("path", "Example.java")),
                                                object(
                                                        "type",
                                                        "tool_use",
                                                        "id",
                                                        "toolu_01B",
                                                        "name",
                                                        "mcp__server__tool_2",
                                                        "input",
                                                        object("path", "Other.java")))),
                                object(
                                        "role",
                                        "user",
                                        "content",
                                        List.of(
                                                object(
                                                        "type",
                                                        "tool_result",
                                                        "tool_use_id",
                                                        "toolu_01A",
                                                        "content",
                                                        FILE),
                                                object(
                                                        "type",
                                                        "tool_result",
                                                        "tool_use_id",
                                                        "toolu_01B",
                                                        "is_error",
                                                        true,
                                                        "content",
                                                        List.of(object("type", "text", "text", "no such file"))),
                                                object("type", "text", "text", "Go on.", "cache_control", cached)))),
                "tools", tools,
                "thinking", object("type", "enabled", "budget_tokens", 31_999),
                "context_management",
                        object("edits", List.of(object("type", "clear_thinking_20251015", "keep", "all"))),
                "metadata", object("user_id", "{\"device_id\":\"d\",\"account_uuid\":\"\",\"session_id\":\"s-1\"}"));
    }

    /** As Codex sends it. */
    static Map<String, Object> responses(String model) {
        List<Object> tools = new ArrayList<>();
        for (int i = 0; i < TOOLS; i++) {
            tools.add(object(
                    "type",
                    "function",
                    "name",
                    "tool_" + i,
                    "description",
                    description(i),
                    "strict",
                    false,
                    "parameters",
                    schema()));
        }
        Object grammar = object("type", "grammar", "syntax", "lark", "definition", "start: /.+/s");
        tools.add(object("type", "custom", "name", "apply_patch", "description", "Edit files.", "format", grammar));
        tools.add(object("type", "web_search", "external_web_access", true));
        tools.add(object("type", "image_generation", "output_format", "png"));
        return object(
                "model",
                model,
                "instructions",
                LONG,
                "input",
                List.of(
                        object(
                                "type",
                                "message",
                                "role",
                                "developer",
                                "content",
                                List.of(object("type", "input_text", "text", "<permissions>all</permissions>"))),
                        object(
                                "type",
                                "message",
                                "role",
                                "user",
                                "content",
                                List.of(object("type", "input_text", "text", "Read Example.java"))),
                        object(
                                "type",
                                "reasoning",
                                "summary",
                                List.of(object("type", "summary_text", "text", "I read it.")),
                                "encrypted_content",
                                null),
                        object(
                                "type",
                                "function_call",
                                "call_id",
                                "call_1",
                                "name",
                                "tool_1",
                                "arguments",
                                "{\"path\":\"Example.java\"}"),
                        object("type", "function_call_output", "call_id", "call_1", "output", FILE),
                        object(
                                "type",
                                "custom_tool_call",
                                "call_id",
                                "call_2",
                                "name",
                                "apply_patch",
                                "input",
                                "*** Begin Patch"),
                        object("type", "custom_tool_call_output", "call_id", "call_2", "output", "Done!"),
                        object(
                                "type",
                                "message",
                                "role",
                                "user",
                                "content",
                                List.of(object("type", "input_text", "text", "Go on.")))),
                "tools",
                tools,
                "tool_choice",
                "auto",
                "parallel_tool_calls",
                true,
                "reasoning",
                object("effort", "medium", "summary", "auto"),
                "store",
                false,
                "stream",
                true,
                "include",
                List.of("reasoning.encrypted_content"),
                "prompt_cache_key",
                "thread-1",
                "text",
                object("verbosity", "low"));
    }

    /** As agents on chat completions send it. */
    static Map<String, Object> chat(String model) {
        List<Object> tools = new ArrayList<>();
        for (int i = 0; i < TOOLS; i++) {
            Object function = object("name", "tool_" + i, "description", description(i), "parameters", schema());
            tools.add(object("type", "function", "function", function));
        }
        Object call = object("name", "tool_1", "arguments", "{\"path\":\"Example.java\"}");
        return object(
                "model",
                model,
                "messages",
                List.of(
                        object(
                                "role",
                                "system",
                                "content",
                                List.of(object(
                                        "type", "text", "text", LONG, "cache_control", object("type", "ephemeral")))),
                        object("role", "user", "content", List.of(object("type", "text", "text", "Read it."))),
                        object(
                                "role",
                                "assistant",
                                "content",
                                null,
                                "reasoning_content",
                                "I read it.",
                                "tool_calls",
                                List.of(object("id", "call_1", "type", "function", "function", call))),
                        object("role", "tool", "tool_call_id", "call_1", "content", FILE),
                        object("role", "user", "content", "Go on.")),
                "tools",
                tools,
                "tool_choice",
                "auto",
                "temperature",
                0.2,
                "max_tokens",
                16_000,
                "reasoning_effort",
                "medium",
                "prompt_cache_key",
                "thread-1",
                "stream",
                true,
                "stream_options",
                object("include_usage", true));
    }

    /** As Gemini's command line sends it. */
    static Map<String, Object> generateContent() {
        List<Object> declarations = new ArrayList<>();
        for (int i = 0; i < TOOLS; i++) {
            declarations.add(
                    object("name", "tool_" + i, "description", description(i), "parametersJsonSchema", schema()));
        }
        return object(
                "systemInstruction", object("role", "user", "parts", List.of(object("text", LONG))),
                "contents",
                        List.of(
                                object("role", "user", "parts", List.of(object("text", "Read Example.java"))),
                                object(
                                        "role",
                                        "model",
                                        "parts",
                                        List.of(object(
                                                "functionCall",
                                                object("name", "tool_1", "args", object("path", "Example.java")),
                                                "thoughtSignature",
                                                Said.SIGNATURE))),
                                object(
                                        "role",
                                        "user",
                                        "parts",
                                        List.of(object(
                                                "functionResponse",
                                                object("name", "tool_1", "response", object("output", FILE))))),
                                object("role", "user", "parts", List.of(object("text", "Go on.")))),
                "tools", List.of(object("functionDeclarations", declarations)),
                "generationConfig",
                        object(
                                "temperature",
                                1,
                                "topP",
                                0.95,
                                "topK",
                                64,
                                "thinkingConfig",
                                object("includeThoughts", true, "thinkingBudget", 8192)),
                "safetySettings", List.of(object("category", "HARM_CATEGORY_HARASSMENT", "threshold", "BLOCK_NONE")));
    }

    private static String description(int number) {
        return "Tool " + number + ". " + "It reads, writes and searches files of the project. ".repeat(10);
    }

    private static Map<String, Object> schema() {
        return object(
                "$schema",
                "http://json-schema.org/draft-07/schema#",
                "type",
                "object",
                "properties",
                object(
                        "path", object("type", "string", "description", "A file"),
                        "range", object("type", "array", "items", object("type", "integer"), "minItems", 2),
                        "mode", object("anyOf", List.of(object("const", "read"), object("const", "write"))),
                        "limit", object("type", List.of("integer", "null"), "exclusiveMinimum", 0)),
                "required",
                List.of("path"),
                "additionalProperties",
                false);
    }
}
