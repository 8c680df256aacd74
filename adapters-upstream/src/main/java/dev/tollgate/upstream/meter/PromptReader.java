package dev.tollgate.upstream.meter;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Set;

/**
 * Reads of a request's body what makes input tokens. It knows the names all dialects together use for what a model gets
 * to see, and leaves out ids, signatures and settings; nothing is built of the content.
 */
final class PromptReader {
    private static final Set<String> SCHEMAS =
            Set.of("schema", "responseSchema", "responseJsonSchema", "response_schema", "_responseJsonSchema");
    private static final Set<String> UNSEEN = Set.of(
            "id",
            "call_id",
            "tool_call_id",
            "tool_use_id",
            "toolUseId",
            "status",
            "is_error",
            "cache_control",
            "cachePoint",
            "prompt_cache_breakpoint",
            "thoughtSignature",
            "thought_signature",
            "signature",
            "encrypted_content",
            "media_type",
            "mimeType",
            "mime_type",
            "format",
            "detail",
            "phase");
    private static final Set<String> CALLS =
            Set.of("tool_use", "server_tool_use", "function_call", "custom_tool_call", "mcp_call");
    private static final Set<String> RESULTS = Set.of("tool_result", "function_call_output", "custom_tool_call_output");
    private static final int MESSAGE_DEPTH = 3;

    private final JsonParser parser;
    private final PromptWords words;
    private int messages;
    private int names;
    private int calls;
    private int results;
    private String tools = "";
    private String format = "";
    private boolean forced;
    private boolean thinking;

    private PromptReader(JsonParser parser, Vocabulary vocabulary) {
        this.parser = parser;
        this.words = new PromptWords(vocabulary);
    }

    /**
     * Reads a body; takes time.
     *
     * @param talk whether it is a conversation and not a text or a list of texts
     */
    static Prompt read(byte[] body, Vocabulary vocabulary, boolean talk) {
        try (JsonParser parser = JsonTree.FACTORY.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Prompt.unreadable(LocalCount.roughly(body.length));
            }
            PromptReader reader = new PromptReader(parser, vocabulary);
            reader.body();
            return reader.prompt(talk);
        } catch (IOException malformed) {
            return Prompt.unreadable(LocalCount.roughly(body.length));
        }
    }

    private Prompt prompt(boolean talk) {
        int turns = talk ? messages : 0;
        return new Prompt(
                words.tokens(), words.binary(), turns, names, calls, results, tools, format, forced, thinking);
    }

    private void body() throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (name) {
                case "messages", "contents", "input" -> turns(value);
                case "system", "instructions", "systemInstruction", "system_instruction" -> instructions(value);
                case "prompt", "content", "requests", "suffix", "title" -> value();
                case "tools", "functions" -> tools = offered(value);
                case "toolConfig" -> toolConfig(value);
                case "tool_choice" -> forced |= isForced();
                case "response_format", "text", "output_format", "output_config", "generationConfig" -> format(value);
                case "thinking" -> thinking |= CompactJson.of(parser).contains("\"enabled\"");
                default -> parser.skipChildren();
            }
        }
    }

    /** A text alone is a turn; the elements of a list are, unless they are numbers, which are tokens. */
    private void turns(JsonToken value) throws IOException {
        if (value != JsonToken.START_ARRAY) {
            messages += value == JsonToken.VALUE_NULL ? 0 : 1;
            value();
            return;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            messages += parser.currentToken() == JsonToken.START_OBJECT ? 1 : 0;
            value();
        }
    }

    private void instructions(JsonToken value) throws IOException {
        long before = words.tokens();
        if (value != JsonToken.VALUE_NULL) {
            value();
        }
        messages += words.tokens() > before ? 1 : 0;
    }

    private String offered(JsonToken value) throws IOException {
        String json = value == JsonToken.VALUE_NULL ? "" : CompactJson.of(parser);
        return json.equals("[]") ? "" : json;
    }

    /** Converse's has the tools in it, Gemini's only how they may be called. */
    private void toolConfig(JsonToken value) throws IOException {
        if (value != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean list = parser.currentName().equals("tools");
            JsonToken inner = parser.nextToken();
            if (list) {
                tools = offered(inner);
            } else {
                forced |= isForced();
            }
        }
    }

    private boolean isForced() throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            return parser.getText().equals("required");
        }
        String choice = CompactJson.of(parser);
        return choice.contains("\"any\"")
                || choice.contains("\"ANY\"")
                || choice.contains("\"tool\"")
                || choice.contains("\"function\"");
    }

    /** Of what shapes the answer only a schema is told to the model. */
    private void format(JsonToken value) throws IOException {
        if (value != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken inner = parser.nextToken();
            if (SCHEMAS.contains(name) && inner == JsonToken.START_OBJECT) {
                format = CompactJson.of(parser);
            } else {
                format(inner);
            }
        }
    }

    private void value() throws IOException {
        switch (parser.currentToken()) {
            case VALUE_STRING -> words.add(parser.getText());
            case VALUE_NUMBER_INT -> words.addToken(parser.getParsingContext().inArray());
            case START_ARRAY -> {
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    value();
                }
            }
            case START_OBJECT -> {
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String name = parser.currentName();
                    parser.nextToken();
                    member(name);
                }
            }
            default -> {} // no words
        }
    }

    private void member(String name) throws IOException {
        boolean object = parser.currentToken() == JsonToken.START_OBJECT;
        switch (name) {
            case "type" -> kind(text());
            case "role" -> results += text().equals("tool") ? 1 : 0;
            case "input", "args", "arguments", "response", "json", "output" -> {
                if (object) {
                    words.add(CompactJson.of(parser));
                } else {
                    value();
                }
            }
            case "function", "toolUse", "functionCall" -> {
                calls += object ? 1 : 0;
                value();
            }
            case "toolResult", "functionResponse" -> {
                results += object ? 1 : 0;
                value();
            }
            default -> {
                if (UNSEEN.contains(name)) {
                    parser.skipChildren();
                } else {
                    boolean speaker = parser.getParsingContext().getNestingDepth() == MESSAGE_DEPTH;
                    names += name.equals("name") && speaker ? 1 : 0;
                    value();
                }
            }
        }
    }

    private String text() throws IOException {
        return parser.currentToken() == JsonToken.VALUE_STRING ? parser.getText() : skipped();
    }

    private String skipped() throws IOException {
        parser.skipChildren();
        return "";
    }

    private void kind(String type) {
        calls += CALLS.contains(type) ? 1 : 0;
        results += RESULTS.contains(type) ? 1 : 0;
    }
}
