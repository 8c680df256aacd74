package dev.tollgate.upstream.gemini.conversation;

import static dev.tollgate.upstream.conversation.Asked.assistant;
import static dev.tollgate.upstream.conversation.Asked.call;
import static dev.tollgate.upstream.conversation.Asked.function;
import static dev.tollgate.upstream.conversation.Asked.json;
import static dev.tollgate.upstream.conversation.Asked.result;
import static dev.tollgate.upstream.conversation.Asked.system;
import static dev.tollgate.upstream.conversation.Asked.text;
import static dev.tollgate.upstream.conversation.Asked.user;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tollgate.application.relay.conversation.Media;
import dev.tollgate.application.relay.conversation.OutputFormat;
import dev.tollgate.application.relay.conversation.Part;
import dev.tollgate.application.relay.conversation.RawJson;
import dev.tollgate.application.relay.conversation.Sampling;
import dev.tollgate.application.relay.conversation.Signature;
import dev.tollgate.application.relay.conversation.Tool;
import dev.tollgate.application.relay.conversation.ToolChoice.Mode;
import dev.tollgate.upstream.Calls;
import dev.tollgate.upstream.conversation.Asked;
import dev.tollgate.upstream.conversation.FetchImages;
import dev.tollgate.upstream.conversation.Json;
import dev.tollgate.upstream.http.UpstreamHttp;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class GeminiWritingTest {
    private static final UpstreamHttp HTTP = Calls.http();
    private static final GeminiPlatformCodec GEMINI = new GeminiPlatformCodec(new FetchImages(HTTP));
    private static final Media PICTURE = new Media.Inline("image/png", "AAAA");

    @AfterAll
    static void close() {
        HTTP.close();
    }

    private static JsonNode tree(String text) {
        return Json.read(json(text).getBytes(UTF_8));
    }

    private static JsonNode part(Part part) {
        return Asked.of("gemini-2.5-flash", user(part)).body(GEMINI).at("/contents/0/parts/0");
    }

    @Test
    void a_conversation_becomes_alternating_contents() {
        Asked asked = Asked.of(
                "gemini-2.5-flash",
                system("Be brief."),
                user("Weather in Paris and Rome?"),
                assistant(
                        text("Let me see."),
                        call("t1", "get weather", "{'city':'Paris'}"),
                        call("t2", "get weather", "{'city':'Rome'}")),
                user(result("t2", "wet"), text("Thanks")));

        assertThat(asked.tools(function("get weather")).bound(500).streamed().body(GEMINI))
                .isEqualTo(tree("""
                        {'systemInstruction':{'parts':[{'text':'Be brief.'}]},
                         'contents':[
                          {'role':'user','parts':[{'text':'Weather in Paris and Rome?'}]},
                          {'role':'model','parts':[{'text':'Let me see.'},
                            {'functionCall':{'name':'get_weather','args':{'city':'Paris'}}},
                            {'functionCall':{'name':'get_weather','args':{'city':'Rome'}}}]},
                          {'role':'user','parts':[
                            {'functionResponse':{'name':'get_weather','response':
                              {'error':'The result of this tool call is missing.'}}},
                            {'functionResponse':{'name':'get_weather','response':{'output':'wet'}}},
                            {'text':'Thanks'}]}],
                         'tools':[{'functionDeclarations':[
                           {'name':'get_weather','description':'Does get weather','parametersJsonSchema':
                             {'type':'object','properties':{'city':{'type':'string'}},'required':['city']}}]}],
                         'generationConfig':{'maxOutputTokens':500}}"""));
    }

    @Test
    void from_3_on_the_first_call_of_a_turn_is_signed() {
        Part.ToolCall own = new Part.ToolCall("a", "f", RawJson.EMPTY_OBJECT, new Signature(Signature.GEMINI, "sig"));
        Part.ToolCall foreign =
                new Part.ToolCall("a", "f", RawJson.EMPTY_OBJECT, new Signature(Signature.ANTHROPIC, "sig"));
        Part.ToolCall second = call("b", "f", "{}");

        assertThat(signatures("gemini-3-pro-preview", own, second)).containsExactly("sig", "");
        assertThat(signatures("gemini-3-pro-preview", foreign, second))
                .containsExactly("skip_thought_signature_validator", "");
        assertThat(signatures("gemini-2.5-pro", foreign, second)).containsExactly("", "");
    }

    private static List<String> signatures(String model, Part... said) {
        return Asked.of(model, user("Hi"), assistant(said))
                .body(GEMINI)
                .at("/contents/1/parts")
                .valueStream()
                .map(part -> part.path("thoughtSignature").asText())
                .toList();
    }

    @Test
    void only_its_own_thinking_goes_back() {
        Part own = new Part.Thinking("Hm", new Signature(Signature.GEMINI, "sig"));
        Part foreign = new Part.Thinking("Hm", new Signature(Signature.ANTHROPIC, "sig"));

        assertThat(Asked.of("gemini-3-pro", user("Hi"), assistant(own, foreign, text("Yes")))
                        .body(GEMINI)
                        .at("/contents/1/parts"))
                .isEqualTo(tree("[{'text':'Hm','thought':true,'thoughtSignature':'sig'},{'text':'Yes'}]"));
    }

    @Test
    void files_go_with_the_call() {
        JsonNode picture = tree("{'inlineData':{'mimeType':'image/png','data':'AAAA'}}");

        assertThat(part(new Part.Image(PICTURE, "high"))).isEqualTo(picture);
        assertThat(part(new Part.Document(new Media.Inline("application/pdf", "AAAA"), "a.pdf")))
                .isEqualTo(tree("{'inlineData':{'mimeType':'application/pdf','data':'AAAA'}}"));
        assertThat(part(new Part.Document(new Media.PlainText("a,b"), "a.csv"))).isEqualTo(tree("{'text':'a,b'}"));
        assertThat(part(new Part.Audio(new Media.Inline("audio/ogg", "AAAA"))))
                .isEqualTo(tree("{'inlineData':{'mimeType':'audio/ogg','data':'AAAA'}}"));
        assertThat(Asked.of(
                                "gemini-2.5-flash",
                                user("Hi"),
                                assistant(call("a", "f", "{}")),
                                user(new Part.ToolResult(
                                        "a", "f", List.of(text("See:"), new Part.Image(PICTURE, null)), false)))
                        .body(GEMINI)
                        .at("/contents/2/parts"))
                .isEqualTo(Json.array()
                        .add(tree("{'functionResponse':{'name':'f','response':{'output':'See:'}}}"))
                        .add(picture));
    }

    @Test
    void what_it_cannot_be_asked_is_refused_by_the_callers_name() {
        Part byAddress = new Part.Document(new Media.Url("https://x.test/a.pdf", null), null);
        Part image = new Part.Image(new Media.Url("https://x.test/a.png", null), null);

        assertThat(Asked.of("gemini-2.5-pro", user(byAddress))
                        .by("messages")
                        .refused(GEMINI)
                        .field())
                .isEqualTo("messages[].content[].document");
        assertThat(Asked.of("gemini-2.5-pro", user(image))
                        .by("chat")
                        .refused(GEMINI)
                        .field())
                .isEqualTo("messages[].content[].image_url");
        assertThat(Asked.of("gemini-2.5-pro", user("Hi"))
                        .by("messages")
                        .stop("1", "2", "3", "4", "5", "6")
                        .refused(GEMINI)
                        .field())
                .isEqualTo("stop_sequences");
    }

    @Test
    void the_choice_among_tools_is_told_in_its_words() {
        Asked asked = Asked.of("gemini-2.5-pro", user("Hi")).tools(function("a.b"), function("2b"), function("c"));

        assertThat(asked.body(GEMINI).has("toolConfig")).isFalse();
        assertThat(asked.choice(Mode.NONE, true).body(GEMINI).at("/toolConfig/functionCallingConfig"))
                .isEqualTo(tree("{'mode':'NONE'}"));
        assertThat(asked.choice(Mode.REQUIRED, true, "2b").body(GEMINI).at("/toolConfig/functionCallingConfig"))
                .isEqualTo(tree("{'mode':'ANY','allowedFunctionNames':['_2b']}"));
        assertThat(asked.choice(Mode.AUTO, true, "a.b", "c")
                        .body(GEMINI)
                        .path("tools")
                        .findValuesAsText("name"))
                .containsExactly("a.b", "c");
        assertThat(asked.choice(Mode.AUTO, false).dropped(GEMINI)).containsExactly("parallel_tool_calls");
    }

    @Test
    void a_function_without_parameters_has_no_schema() {
        Tool none = new Tool.Function("f", null, new RawJson(json("{'type':'object','properties':{}}")), null, false);

        assertThat(Asked.of("gemini-2.5-pro", user("Hi"))
                        .tools(none)
                        .body(GEMINI)
                        .path("tools"))
                .isEqualTo(tree("[{'functionDeclarations':[{'name':'f'}]}]"));
    }

    @Test
    void the_web_is_searched_where_there_are_no_functions() {
        Tool search = new Tool.WebSearch("tools[0]", null);
        Asked asked = Asked.of("gemini-2.5-pro", user("Hi"));

        assertThat(asked.tools(search).body(GEMINI).path("tools")).isEqualTo(tree("[{'googleSearch':{}}]"));
        assertThat(asked.tools(search, function("f")).dropped(GEMINI)).containsExactly("tools[0]");
        assertThat(asked.tools(search)
                        .choice(Mode.REQUIRED, true)
                        .refused(GEMINI)
                        .field())
                .isEqualTo("tool_choice");
    }

    @Test
    void all_sampling_but_penalties_has_a_place() {
        Asked asked = Asked.of("gemini-2.5-pro", user("Hi")).sampledInEveryWay();

        assertThat(asked.body(GEMINI).path("generationConfig"))
                .isEqualTo(tree("{'temperature':0.7,'topP':0.96,'topK':40,'seed':7,'stopSequences':['END']}"));
        assertThat(asked.dropped(GEMINI)).containsExactly("frequency_penalty", "presence_penalty");
        assertThat(Asked.of("gemini-2.0-flash", user("Hi")).sampledInEveryWay().dropped(GEMINI))
                .isEmpty();
        assertThat(asked.sampling(new Sampling(null, null, null, null, null, 1L << 40, List.of()))
                        .dropped(GEMINI))
                .containsExactly("seed");
    }

    @Test
    void the_form_of_the_answer_is_asked_for() {
        Asked asked = Asked.of("gemini-2.5-pro", user("Hi"));

        assertThat(asked.format(new OutputFormat.JsonObject()).body(GEMINI).path("generationConfig"))
                .isEqualTo(tree("{'responseMimeType':'application/json'}"));
        assertThat(asked.schema("{'type':'object','properties':{'a':{'const':'x'}}}")
                        .body(GEMINI)
                        .path("generationConfig"))
                .isEqualTo(tree("""
                        {'responseMimeType':'application/json','responseJsonSchema':
                          {'type':'object','properties':{'a':{'enum':['x']}}}}"""));
    }
}
