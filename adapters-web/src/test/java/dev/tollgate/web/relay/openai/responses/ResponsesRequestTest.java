package dev.tollgate.web.relay.openai.responses;

import static dev.tollgate.web.relay.conversation.CodecCalls.refused;
import static dev.tollgate.web.relay.conversation.CodecCalls.understood;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.relay.conversation.Conversation;
import dev.tollgate.application.relay.conversation.Media;
import dev.tollgate.application.relay.conversation.OutputFormat;
import dev.tollgate.application.relay.conversation.Part;
import dev.tollgate.application.relay.conversation.RawJson;
import dev.tollgate.application.relay.conversation.Reasoning;
import dev.tollgate.application.relay.conversation.Reasoning.Effort;
import dev.tollgate.application.relay.conversation.Signature;
import dev.tollgate.application.relay.conversation.Tool;
import dev.tollgate.application.relay.conversation.ToolChoice;
import dev.tollgate.application.relay.conversation.ToolChoice.Mode;
import dev.tollgate.application.relay.conversation.Turn;
import dev.tollgate.application.relay.conversation.Turn.Role;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the body of a request for a response means. */
class ResponsesRequestTest {
    private static final ResponsesCodec CODEC = new ResponsesCodec();

    @Test
    void instructions_come_first_and_a_text_is_a_users_turn() {
        Conversation read = understood(CODEC, "{\"model\":\"m\",\"instructions\":\"Be brief.\",\"input\":\"hello\"}");

        assertThat(read.turns())
                .containsExactly(
                        turn(Role.SYSTEM, new Part.Text("Be brief.")), turn(Role.USER, new Part.Text("hello")));
        assertThat(read.reasoning()).isNull();
        assertThat(read.dropped()).isEmpty();
    }

    @Test
    void what_the_model_said_in_several_items_is_one_turn() {
        Conversation read = understood(CODEC, """
                {"input":[{"role":"user","content":"weather?"},
                 {"type":"reasoning","id":"rs","summary":[{"type":"summary_text","text":"hm"}],"encrypted_content":"enc"},
                 {"type":"reasoning","summary":[],"encrypted_content":"tollgate:anthropic:dark"},
                 {"type":"message","role":"assistant","content":[{"type":"output_text","text":"I ask"}]},
                 {"type":"reasoning","summary":[],"encrypted_content":"tollgate:gemini:sig"},
                 {"type":"function_call","call_id":"a","name":"weather","arguments":"{\\"x\\": 1.0}"},
                 {"type":"custom_tool_call","call_id":"b","name":"patch","input":"say \\"hi\\""},
                 {"type":"function_call_output","call_id":"a","output":"rain"},
                 {"type":"custom_tool_call_output","call_id":"b","output":[{"type":"input_text","text":"done"}]},
                 {"type":"message","role":"developer","content":"Go on."}]}""");

        assertThat(read.turns())
                .containsExactly(
                        turn(Role.USER, new Part.Text("weather?")),
                        turn(
                                Role.ASSISTANT,
                                new Part.Thinking("hm", new Signature(Signature.OPENAI, "enc")),
                                new Part.Redacted(new Signature(Signature.ANTHROPIC, "dark")),
                                new Part.Text("I ask"),
                                new Part.ToolCall(
                                        "a",
                                        "weather",
                                        new RawJson("{\"x\": 1.0}"),
                                        new Signature(Signature.GEMINI, "sig")),
                                new Part.ToolCall("b", "patch", new RawJson("{\"input\":\"say \\\"hi\\\"\"}"), null)),
                        turn(Role.USER, new Part.ToolResult("a", "weather", List.of(new Part.Text("rain")), false)),
                        turn(Role.USER, new Part.ToolResult("b", "patch", List.of(new Part.Text("done")), false)),
                        turn(Role.SYSTEM, new Part.Text("Go on.")));
    }

    @Test
    void hidden_thinking_keeps_its_empty_summary_and_a_signature_without_a_call_stays() {
        Conversation read = understood(CODEC, """
                {"input":[{"type":"reasoning","summary":[{"type":"summary_text","text":""}],
                           "encrypted_content":"tollgate:anthropic:sig"},
                 {"type":"reasoning","summary":[]},
                 {"type":"reasoning","summary":[],"encrypted_content":"tollgate:gemini:left"},
                 {"role":"user","content":"hello"}]}""");

        assertThat(read.turns().getFirst())
                .isEqualTo(turn(
                        Role.ASSISTANT,
                        new Part.Thinking("", new Signature(Signature.ANTHROPIC, "sig")),
                        new Part.Redacted(new Signature(Signature.GEMINI, "left"))));
    }

    @Test
    void pictures_and_files_are_carried() {
        Conversation read = understood(CODEC, """
                {"input":[{"role":"user","content":[
                 {"type":"input_image","image_url":"data:image/png;base64,AAAA","detail":"high"},
                 {"type":"input_file","file_url":"https://example.com/a.pdf"},
                 {"type":"input_file","filename":"a.pdf","file_data":"CCCC"},
                 {"type":"input_audio","input_audio":{"data":"BBBB","format":"mp3"}}]}]}""");

        assertThat(read.turns())
                .containsExactly(turn(
                        Role.USER,
                        new Part.Image(new Media.Inline("image/png", "AAAA"), "high"),
                        new Part.Document(new Media.Url("https://example.com/a.pdf", null), null),
                        new Part.Document(new Media.Inline("application/pdf", "CCCC"), "a.pdf"),
                        new Part.Audio(new Media.Inline("audio/mp3", "BBBB"))));
    }

    @Test
    void tools_of_every_kind_are_read() {
        Conversation read = understood(CODEC, """
                {"parallel_tool_calls":false,"tool_choice":{"type":"custom","name":"patch"},"tools":[
                 {"type":"function","name":"weather","parameters":{"type":"object"},"strict":false},
                 {"type":"custom","name":"patch","description":"Edits.","format":{"type":"grammar","syntax":"lark",
                  "definition":"start: x"}},
                 {"type":"web_search","search_context_size":"low"},{"type":"file_search"},
                 {"type":"namespace","name":"crm","description":"d","tools":[{"type":"function","name":"find"}]}],
                 "input":[{"role":"user","content":"hello"},{"type":"additional_tools","tools":[
                  {"type":"function","name":"late"}]},
                  {"type":"function_call","call_id":"c","namespace":"crm","name":"find","arguments":""}]}""");

        assertThat(read.tools()).hasSize(5);
        assertThat(read.tools().getFirst())
                .isEqualTo(new Tool.Function("weather", null, new RawJson("{\"type\":\"object\"}"), false, false));
        assertThat(((Tool.Function) read.tools().get(1)).description())
                .isEqualTo("Edits.\n\nThe input must follow this LARK grammar:\nstart: x");
        assertThat(read.tools().get(2)).isEqualTo(new Tool.WebSearch("tools.web_search", null));
        assertThat(((Tool.Function) read.tools().get(3)).name()).isEqualTo("crm__find");
        assertThat(((Part.ToolCall) read.turns().getLast().parts().getFirst()).name())
                .isEqualTo("crm__find");
        assertThat(read.toolChoice()).isEqualTo(new ToolChoice(Mode.REQUIRED, List.of("patch"), false));
        assertThat(read.dropped()).containsExactly("tools.file_search");
    }

    @Test
    void a_forced_search_of_the_web_is_the_only_tool_left() {
        Conversation read = understood(CODEC, """
                {"input":"news?","tool_choice":{"type":"web_search_preview"},"tools":[
                 {"type":"function","name":"weather"},{"type":"web_search_preview"}]}""");

        assertThat(read.tools()).containsExactly(new Tool.WebSearch("tools.web_search_preview", null));
        assertThat(read.toolChoice()).isEqualTo(new ToolChoice(Mode.REQUIRED, List.of(), true));
    }

    @Test
    void what_only_tunes_is_left_out_and_named() {
        Conversation read = understood(CODEC, """
                {"model":"m","stream":true,"input":"hello","temperature":0.5,"max_output_tokens":99,
                 "reasoning":{"effort":"high","summary":"auto"},
                 "text":{"verbosity":"low","format":{"type":"json_schema","name":"n","schema":{},"strict":true}},
                 "store":false,"include":["reasoning.encrypted_content"],"metadata":{"a":"b"},"service_tier":"auto",
                 "prompt_cache_key":"k","truncation":"auto","background":false,"previous_response_id":null}""");

        assertThat(read.dropped())
                .containsExactly(
                        "reasoning.summary",
                        "text.verbosity",
                        "store",
                        "include",
                        "metadata",
                        "service_tier",
                        "prompt_cache_key",
                        "truncation");
        assertThat(read.reasoning()).isEqualTo(new Reasoning.Adaptive(Effort.HIGH, true));
        assertThat(read.format()).isEqualTo(new OutputFormat.JsonSchema("n", null, RawJson.EMPTY_OBJECT, true));
        assertThat(read.sampling().temperature()).isEqualTo(new RawJson("0.5"));
        assertThat(read.outputBound()).isEqualTo(99);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"previous_response_id\":\"r\"|previous_response_id",
                "\"conversation\":\"c\"|conversation",
                "\"background\":true|background",
                "\"top_logprobs\":2|top_logprobs",
                "\"tool_choice\":{\"type\":\"file_search\"},\"tools\":[{\"type\":\"file_search\"}]|tool_choice.type",
                "\"tool_choice\":\"required\",\"tools\":[{\"type\":\"file_search\"}]|tool_choice",
                "\"input\":[]|input",
                "\"input\":[{\"type\":\"item_reference\",\"id\":\"i\"}]|input[0].type",
                "\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_image\",\"file_id\":\"f\"}]}]"
                        + "|input[0].content[0].file_id",
            })
    void what_would_be_lost_or_is_wrong_is_refused_by_its_field(String member, String field) {
        String body = member.startsWith("\"input\"") ? "{" + member + "}" : "{\"input\":\"hello\"," + member + "}";

        assertThat(refused(CODEC, body).field()).isEqualTo(field);
    }

    private static Turn turn(Role role, Part... parts) {
        return new Turn(role, List.of(parts));
    }
}
