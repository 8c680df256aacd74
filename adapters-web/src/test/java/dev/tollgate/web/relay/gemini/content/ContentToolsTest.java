package dev.tollgate.web.relay.gemini.content;

import static dev.tollgate.web.relay.conversation.CodecCalls.refused;
import static dev.tollgate.web.relay.conversation.CodecCalls.understood;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.relay.conversation.Conversation;
import dev.tollgate.application.relay.conversation.RawJson;
import dev.tollgate.application.relay.conversation.Tool;
import dev.tollgate.application.relay.conversation.ToolChoice;
import dev.tollgate.application.relay.conversation.ToolChoice.Mode;
import dev.tollgate.web.relay.conversation.RequestJson;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContentToolsTest {
    private static final ContentCodec CODEC = new ContentCodec();
    private static final String F = "{\"functionDeclarations\":[{\"name\":\"f\",\"description\":\"D\"},"
            + "{\"name\":\"g\",\"parameters_json_schema\":{\"type\":\"object\",\"$defs\":{}}}]}";

    @Test
    void reads_functions_and_the_search_and_names_the_rest() {
        Conversation read = read(F + ",{\"googleSearch\":{}},{\"codeExecution\":{}},{\"urlContext\":{}}", "");

        assertThat(read.tools())
                .containsExactly(
                        new Tool.Function(
                                "f", "D", new RawJson("{\"type\":\"object\",\"properties\":{}}"), null, false),
                        new Tool.Function("g", null, new RawJson("{\"type\":\"object\",\"$defs\":{}}"), null, false),
                        new Tool.WebSearch("tools[].googleSearch", null));
        assertThat(read.dropped()).containsExactly("tools[].codeExecution", "tools[].urlContext");
    }

    @Test
    void reads_how_functions_are_to_be_used() {
        assertThat(choice("\"mode\":\"ANY\",\"allowedFunctionNames\":[\"f\"]"))
                .isEqualTo(new ToolChoice(Mode.REQUIRED, List.of("f"), true));
        assertThat(choice("\"mode\":\"any\"")).isEqualTo(new ToolChoice(Mode.REQUIRED, List.of(), true));
        assertThat(choice("\"mode\":\"NONE\"")).isEqualTo(new ToolChoice(Mode.NONE, List.of(), true));
        assertThat(choice("\"mode\":\"VALIDATED\",\"allowed_function_names\":[\"g\"]"))
                .isEqualTo(new ToolChoice(Mode.AUTO, List.of("g"), true));
        assertThat(choice("\"mode\":\"AUTO\"")).isEqualTo(ToolChoice.AUTO);
    }

    @Test
    void refuses_to_force_what_is_not_there() {
        String any = "\"toolConfig\":{\"functionCallingConfig\":{\"mode\":\"ANY\",\"allowedFunctionNames\":[\"h\"]}}";

        assertThat(refused(CODEC, body("{\"codeExecution\":{}}", any)).field())
                .isEqualTo("toolConfig.functionCallingConfig.mode");
        assertThat(refused(CODEC, body(F, any)).field())
                .isEqualTo("toolConfig.functionCallingConfig.allowedFunctionNames");
    }

    @Test
    void writes_googles_schemas_as_json_schema() {
        assertThat(schema("""
                {"type":"OBJECT","propertyOrdering":["a"],"required":["a"],"properties":{
                 "type":{"type":"STRING","format":"enum","enum":["X","Y"],"nullable":true},
                 "a":{"type":"ARRAY","min_items":"1","maxItems":3,"items":{"type":"INTEGER","format":"int32"}},
                 "b":{"any_of":[{"type":"NUMBER"},{"type":"BOOLEAN"}],"nullable":true,"example":5}}}"""))
                .isEqualTo("{\"type\":\"object\",\"required\":[\"a\"],\"properties\":{"
                        + "\"type\":{\"type\":[\"string\",\"null\"],\"enum\":[\"X\",\"Y\",null]},"
                        + "\"a\":{\"type\":\"array\",\"minItems\":1,\"maxItems\":3,"
                        + "\"items\":{\"type\":\"integer\",\"format\":\"int32\"}},"
                        + "\"b\":{\"anyOf\":[{\"type\":\"number\"},{\"type\":\"boolean\"},{\"type\":\"null\"}]}}}");
    }

    private static String schema(String google) {
        return GoogleSchema.json(RequestJson.object(google)).toString();
    }

    private static ToolChoice choice(String config) {
        return read(F, "\"toolConfig\":{\"functionCallingConfig\":{" + config + "}}")
                .toolChoice();
    }

    private static Conversation read(String tools, String more) {
        return understood(CODEC, body(tools, more));
    }

    private static String body(String tools, String more) {
        return "{\"contents\":[{\"parts\":[{\"text\":\"Hi\"}]}],\"tools\":[" + tools + "]"
                + (more.isEmpty() ? "" : "," + more) + "}";
    }
}
