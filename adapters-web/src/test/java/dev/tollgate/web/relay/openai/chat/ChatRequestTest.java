package dev.tollgate.web.relay.openai.chat;

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
import dev.tollgate.application.relay.conversation.Sampling;
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

/** What a chat completion's body means. */
class ChatRequestTest {
    private static final ChatCodec CODEC = new ChatCodec();
    private static final String HELLO = "\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]";
    private static final String WEATHER =
            "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"weather\",\"description\":\"Tells it.\","
                    + "\"parameters\":{\"type\":\"object\",\"maximum\":1.50},\"strict\":true}}]";

    @Test
    void messages_keep_their_order_and_a_developer_speaks_as_the_system() {
        Conversation read = understood(CODEC, """
                {"model":"m","messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"hello"},
                 {"role":"developer","content":[{"type":"text","text":"Now be long."}]},
                 {"role":"assistant","content":"Hi","refusal":"no"},{"role":"user","content":""}]}""");

        assertThat(read.turns())
                .containsExactly(
                        turn(Role.SYSTEM, new Part.Text("Be brief.")),
                        turn(Role.USER, new Part.Text("hello")),
                        turn(Role.SYSTEM, new Part.Text("Now be long.")),
                        turn(Role.ASSISTANT, new Part.Text("Hi"), new Part.Refusal("no")));
        assertThat(read.toolChoice()).isEqualTo(ToolChoice.AUTO);
        assertThat(read.sampling()).isEqualTo(Sampling.ORDINARY);
        assertThat(read.dropped()).isEmpty();
    }

    @Test
    void pictures_sounds_and_files_are_carried() {
        Conversation read = understood(CODEC, """
                {"messages":[{"role":"user","content":[
                 {"type":"image_url","image_url":{"url":"data:image/PNG;base64,AAAA","detail":"low"}},
                 {"type":"image_url","image_url":"https://example.com/a.png"},
                 {"type":"input_audio","input_audio":{"data":"BBBB","format":"wav"}},
                 {"type":"file","file":{"filename":"a.pdf","file_data":"data:application/pdf;base64,CCCC"}},
                 {"type":"file","file":{"filename":"a.txt","file_data":"data:text/plain;base64,aGk="}}]}]}""");

        assertThat(read.turns())
                .containsExactly(turn(
                        Role.USER,
                        new Part.Image(new Media.Inline("image/png", "AAAA"), "low"),
                        new Part.Image(new Media.Url("https://example.com/a.png", null), null),
                        new Part.Audio(new Media.Inline("audio/wav", "BBBB")),
                        new Part.Document(new Media.Inline("application/pdf", "CCCC"), "a.pdf"),
                        new Part.Document(new Media.PlainText("hi"), "a.txt")));
    }

    @Test
    void tool_calls_and_their_results_are_paired_by_id() {
        Conversation read = understood(CODEC, """
                {"messages":[{"role":"assistant","content":null,"tool_calls":[
                  {"id":"a","type":"function","function":{"name":"weather","arguments":"{\\"x\\": 1.0}"},
                   "extra_content":{"google":{"thought_signature":"sig"}}},
                  {"id":"b","type":"custom","custom":{"name":"patch","input":"say \\"hi\\""}},
                  {"id":"c","type":"function","function":{"name":"weather","arguments":"broken"}}]},
                 {"role":"tool","tool_call_id":"b","content":[{"type":"text","text":"done"}]},
                 {"role":"tool","tool_call_id":"z","content":"lost"}]}""");

        assertThat(read.turns())
                .containsExactly(
                        turn(
                                Role.ASSISTANT,
                                new Part.ToolCall(
                                        "a",
                                        "weather",
                                        new RawJson("{\"x\": 1.0}"),
                                        new Signature(Signature.GEMINI, "sig")),
                                new Part.ToolCall("b", "patch", new RawJson("{\"input\":\"say \\\"hi\\\"\"}"), null),
                                new Part.ToolCall("c", "weather", new RawJson("{\"arguments\":\"broken\"}"), null)),
                        turn(Role.USER, new Part.ToolResult("b", "patch", List.of(new Part.Text("done")), false)),
                        turn(Role.USER, new Part.ToolResult("z", null, List.of(new Part.Text("lost")), false)));
    }

    @Test
    void the_older_function_calls_get_ids() {
        Conversation read = understood(CODEC, """
                {"functions":[{"name":"weather"}],"function_call":{"name":"weather"},"messages":[
                 {"role":"assistant","function_call":{"name":"weather","arguments":""}},
                 {"role":"function","name":"weather","content":"rain"}]}""");

        Part.ToolCall call = (Part.ToolCall) read.turns().getFirst().parts().getFirst();
        Part.ToolResult result =
                (Part.ToolResult) read.turns().getLast().parts().getFirst();
        assertThat(call.arguments()).isEqualTo(RawJson.EMPTY_OBJECT);
        assertThat(result.callId()).isEqualTo(call.id());
        assertThat(result.name()).isEqualTo("weather");
        assertThat(read.toolChoice()).isEqualTo(new ToolChoice(Mode.REQUIRED, List.of("weather"), false));
    }

    @Test
    void signed_thoughts_come_back_before_the_text() {
        Conversation read = understood(CODEC, """
                {"messages":[{"role":"assistant","content":"4","reasoning_content":"2+2","reasoning_details":[
                  {"type":"reasoning.text","index":0,"text":"2+2","signature":"abc"},
                  {"type":"reasoning.encrypted","index":1,"data":"tollgate:openai:xyz"}]},
                 {"role":"assistant","content":"5","reasoning_content":"2+3"}]}""");

        assertThat(read.turns())
                .containsExactly(
                        turn(
                                Role.ASSISTANT,
                                new Part.Thinking("2+2", new Signature(Signature.ANTHROPIC, "abc")),
                                new Part.Redacted(new Signature(Signature.OPENAI, "xyz")),
                                new Part.Text("4")),
                        turn(Role.ASSISTANT, new Part.Thinking("2+3", null), new Part.Text("5")));
    }

    @Test
    void tools_keep_their_schemas_and_a_text_tool_takes_one_string() {
        Conversation read = understood(CODEC, """
                {"web_search_options":{"search_context_size":"low"},"tools":[
                 {"type":"function","function":{"name":"weather","parameters":{"type":"object","maximum":1.50}}},
                 {"type":"custom","custom":{"name":"sql","format":{"type":"grammar",
                  "grammar":{"syntax":"regex","definition":"SELECT .+"}}}},
                 {"type":"teleport"}],%s}""".formatted(HELLO));

        assertThat(read.tools().getFirst())
                .isEqualTo(new Tool.Function(
                        "weather", null, new RawJson("{\"type\":\"object\",\"maximum\":1.50}"), null, false));
        Tool.Function sql = (Tool.Function) read.tools().get(1);
        assertThat(sql.freeText()).isTrue();
        assertThat(sql.description()).isEqualTo("The input must follow this REGEX grammar:\nSELECT .+");
        assertThat(sql.parameters().text()).contains("\"required\":[\"input\"]");
        assertThat(read.tools().getLast()).isEqualTo(new Tool.WebSearch("web_search_options", null));
        assertThat(read.dropped()).containsExactly("tools.teleport", "web_search_options.search_context_size");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'auto'|AUTO|''",
                "'none'|NONE|''",
                "'required'|REQUIRED|''",
                "{'type':'function','function':{'name':'weather'}}|REQUIRED|weather",
                "{'type':'allowed_tools','allowed_tools':{'mode':'auto','tools':[{'type':'function','function':{'name':'weather'}}]}}|AUTO|weather",
            },
            quoteCharacter = '`')
    void the_choice_of_tools_is_read(String choice, Mode mode, String name) {
        String body = "{\"parallel_tool_calls\":false,\"tool_choice\":" + choice.replace('\'', '"') + "," + WEATHER
                + "," + HELLO + "}";

        List<String> names = name.length() <= 2 ? List.of() : List.of(name);
        assertThat(understood(CODEC, body).toolChoice()).isEqualTo(new ToolChoice(mode, names, false));
    }

    @Test
    void sampling_bounds_and_format_are_carried_as_written() {
        Conversation read = understood(CODEC, """
                {"temperature":0.70,"top_p":1,"frequency_penalty":-0.5,"presence_penalty":2,"seed":7,"stop":"END",
                 "max_tokens":10,"max_completion_tokens":20,"reasoning_effort":"xhigh",
                 "response_format":{"type":"json_schema","json_schema":{"name":"n","schema":{"type":"object"}}},%s}""".formatted(HELLO));

        assertThat(read.sampling())
                .isEqualTo(new Sampling(
                        new RawJson("0.70"),
                        new RawJson("1"),
                        null,
                        new RawJson("-0.5"),
                        new RawJson("2"),
                        7L,
                        List.of("END")));
        assertThat(read.outputBound()).isEqualTo(20);
        assertThat(read.reasoning()).isEqualTo(new Reasoning.Adaptive(Effort.XHIGH, true));
        assertThat(read.format())
                .isEqualTo(new OutputFormat.JsonSchema("n", null, new RawJson("{\"type\":\"object\"}"), null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"reasoning_effort\":\"none\"|Off[]",
                "\"reasoning\":{\"max_tokens\":2000,\"exclude\":true}|Budget[tokens=2000, isShown=false]",
                "\"reasoning\":{\"effort\":\"low\"}|Adaptive[effort=LOW, isShown=true]",
                "\"reasoning\":{\"enabled\":false}|Off[]",
                "\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":1024}|Budget[tokens=1024, isShown=true]",
                "\"thinking\":{\"type\":\"disabled\"}|Off[]",
                "\"user\":\"me\"|null",
            })
    void thinking_is_asked_for_in_several_ways(String member, String reasoning) {
        assertThat(String.valueOf(
                        understood(CODEC, "{" + member + "," + HELLO + "}").reasoning()))
                .isEqualTo(reasoning);
    }

    @Test
    void what_only_tunes_is_left_out_and_named() {
        Conversation read = understood(CODEC, """
                {"model":"m","stream":true,"stream_options":{"include_usage":true},"n":1,"logprobs":false,
                 "top_logprobs":0,"modalities":["text"],"prediction":{},"logit_bias":{},"metadata":{},"store":false,
                 "service_tier":"flex","prompt_cache_key":"k","verbosity":"low","user":null,"x\\r\\nevil":1,%s}""".formatted(HELLO));

        assertThat(read.dropped())
                .containsExactly(
                        "prediction",
                        "logit_bias",
                        "metadata",
                        "store",
                        "service_tier",
                        "prompt_cache_key",
                        "verbosity",
                        "x??evil");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"n\":2|n",
                "\"logprobs\":true|logprobs",
                "\"top_logprobs\":3|top_logprobs",
                "\"modalities\":[\"text\",\"audio\"]|modalities",
                "\"audio\":{\"voice\":\"alloy\"}|audio",
                "\"tool_choice\":\"required\"|tool_choice",
                "\"temperature\":\"hot\"|temperature",
                "\"reasoning_effort\":\"huge\"|reasoning_effort",
                "\"tools\":[{\"type\":\"function\"}]|tools[0].function",
                "\"messages\":[]|messages",
                "\"messages\":[{\"role\":\"king\"}]|messages[0].role",
                "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"file\",\"file\":{\"file_id\":\"f\"}}]}]"
                        + "|messages[0].content[0].file.file_id",
                "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"x\"}}]}]"
                        + "|messages[0].content[0].image_url.url",
            })
    void what_would_be_lost_or_is_wrong_is_refused_by_its_field(String member, String field) {
        String body = member.startsWith("\"messages\"") ? "{" + member + "}" : "{" + member + "," + HELLO + "}";

        assertThat(refused(CODEC, body).field()).isEqualTo(field);
        assertThat(refused(CODEC, body).status()).isEqualTo(400);
    }

    private static Turn turn(Role role, Part... parts) {
        return new Turn(role, List.of(parts));
    }
}
