package dev.tollgate.upstream.bedrock.conversation;

import static dev.tollgate.upstream.conversation.Asked.assistant;
import static dev.tollgate.upstream.conversation.Asked.call;
import static dev.tollgate.upstream.conversation.Asked.function;
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
import dev.tollgate.application.relay.conversation.Reasoning;
import dev.tollgate.application.relay.conversation.Reasoning.Effort;
import dev.tollgate.application.relay.conversation.Sampling;
import dev.tollgate.application.relay.conversation.Signature;
import dev.tollgate.application.relay.conversation.Tool;
import dev.tollgate.application.relay.conversation.ToolChoice.Mode;
import dev.tollgate.application.relay.conversation.Turn;
import dev.tollgate.upstream.Calls;
import dev.tollgate.upstream.Replies;
import dev.tollgate.upstream.ScriptedUpstream;
import dev.tollgate.upstream.conversation.Asked;
import dev.tollgate.upstream.conversation.FetchImages;
import dev.tollgate.upstream.conversation.Json;
import dev.tollgate.upstream.conversation.PlatformCodec.Written;
import dev.tollgate.upstream.http.UpstreamHttp;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConverseRequestTest {
    private static final UpstreamHttp HTTP = Calls.http();
    private static final String CLAUDE = "anthropic.claude-3-7-sonnet-20250219-v1:0";
    private static final String CLAUDE_46 = "global.anthropic.claude-opus-4-6-v1";
    private static final String NOVA = "amazon.nova-lite-v1:0";
    private static final String NOVA_2 = "us.amazon.nova-2-lite-v1:0";
    private static final String OSS = "openai.gpt-oss-120b-1:0";
    private static final Turn[] HISTORY = {
        system("Be brief."),
        user(text("Weather in Paris?"), text(" ")),
        assistant(
                new Part.Thinking("Look it up", new Signature(Signature.ANTHROPIC, "sig")),
                new Part.Thinking("foreign", new Signature(Signature.GEMINI, "g")),
                new Part.Redacted(new Signature(Signature.ANTHROPIC, "secret")),
                call("call:1", "get.weather", "{'city':'Paris','t':1.50}"),
                call("call:2", "get.weather", "{'city':'Rome'}")),
        user(result("call:2", "cold")),
        user(new Part.ToolResult("call:1", "get.weather", List.of(text("")), true), text("And?"))
    };

    @AfterAll
    static void close() {
        HTTP.close();
    }

    @Test
    void a_greeting_is_little() {
        assertThat(body(hello(NOVA))).isEqualTo(json("{'messages':[{'role':'user','content':[{'text':'Hello'}]}]}"));
    }

    @Test
    void a_history_with_tools_and_thoughts_is_told_to_claude() {
        assertThat(body(asked(CLAUDE, HISTORY).tools(function("get.weather")))).isEqualTo(json("""
                {'messages':[
                  {'role':'user','content':[{'text':'Weather in Paris?'}]},
                  {'role':'assistant','content':[
                    {'reasoningContent':{'reasoningText':{'text':'Look it up','signature':'sig'}}},
                    {'reasoningContent':{'redactedContent':'secret'}},
                    {'toolUse':{'toolUseId':'call_1','name':'get_weather','input':{'city':'Paris','t':1.50}}},
                    {'toolUse':{'toolUseId':'call_2','name':'get_weather','input':{'city':'Rome'}}}]},
                  {'role':'user','content':[
                    {'toolResult':{'toolUseId':'call_1','content':[{'text':'(empty)'}],'status':'error'}},
                    {'toolResult':{'toolUseId':'call_2','content':[{'text':'cold'}]}},
                    {'text':'And?'}]}],
                 'system':[{'text':'Be brief.'}],
                 'toolConfig':{'tools':[{'toolSpec':{'name':'get_weather','description':'Does get.weather',
                   'inputSchema':{'json':{'type':'object','properties':{'city':{'type':'string'}},
                     'required':['city']}}}}]}}"""));
    }

    @Test
    void nobody_but_claude_is_told_thoughts() {
        assertThat(body(asked(NOVA, HISTORY).tools(function("get.weather"))).toString())
                .doesNotContain("reasoningContent");
    }

    @Test
    void where_no_tool_may_be_used_none_is_offered_and_the_history_is_told_as_text() {
        JsonNode body = body(asked(NOVA, HISTORY).tools(function("get.weather")).choice(Mode.NONE, true));

        assertThat(body.has("toolConfig")).isFalse();
        assertThat(body.toString()).doesNotContain("toolUse", "toolResult").contains("Paris", "cold");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "REQUIRED,get.weather,true,\"{'tool':{'name':'get_weather'}}\",",
                "REQUIRED,,true,{'any':{}},",
                "AUTO,,true,,",
                "AUTO,,false,,\"{'type':'auto','disable_parallel_tool_use':true}\"",
                "REQUIRED,,false,,\"{'type':'any','disable_parallel_tool_use':true}\"",
                "REQUIRED,get.weather,false,,"
                        + "\"{'type':'tool','name':'get_weather','disable_parallel_tool_use':true}\""
            })
    void a_choice_of_tools_has_one_place(Mode mode, String name, boolean parallel, String converses, String claudes) {
        String[] names = name == null ? new String[0] : new String[] {name};

        JsonNode body = body(
                hello(CLAUDE).tools(function("get.weather"), function("other")).choice(mode, parallel, names));

        assertThat(body.path("toolConfig").path("toolChoice")).isEqualTo(json(converses));
        assertThat(body.path("additionalModelRequestFields").path("tool_choice"))
                .isEqualTo(json(claudes));
        assertThat(body.path("toolConfig").path("tools")).hasSize(name == null ? 2 : 1);
    }

    @Test
    void only_claude_can_be_asked_for_one_call_at_a_time() {
        assertThat(dropped(hello(NOVA).tools(function("f")).choice(Mode.AUTO, false)))
                .containsExactly("parallel_tool_calls");
    }

    @Test
    void a_search_of_the_web_is_named_as_dropped_and_refused_where_it_is_demanded() {
        Asked search = hello(NOVA).tools(new Tool.WebSearch("web_search_options", null));

        assertThat(dropped(search)).containsExactly("web_search_options");
        assertThat(refused(search.choice(Mode.REQUIRED, true))).isEqualTo("tool_choice");
    }

    @Test
    void sampling_goes_where_there_is_a_place_and_is_named_where_there_is_none() {
        Sampling sampling = new Sampling(
                new RawJson("1.70"), new RawJson("0.90"), 40L, new RawJson("0.5"), null, 7L, List.of("END", " "));

        assertThat(body(hello(CLAUDE).sampling(sampling))).isEqualTo(json("""
                {'messages':[{'role':'user','content':[{'text':'Hello'}]}],
                 'inferenceConfig':{'temperature':1,'topP':0.90,'stopSequences':['END']},
                 'additionalModelRequestFields':{'top_k':40},
                 'additionalModelResponseFieldPaths':['/stop_sequence']}"""));
        assertThat(dropped(hello(CLAUDE).sampling(sampling))).containsExactlyInAnyOrder("seed", "frequency_penalty");
        assertThat(body(hello(NOVA).sampling(sampling)).at("/additionalModelRequestFields/inferenceConfig/topK"))
                .isEqualTo(json("40"));
        assertThat(dropped(hello("eu.anthropic.claude-sonnet-4-5-20250929-v1:0").sampling(sampling)))
                .contains("top_p")
                .doesNotContain("temperature");
        assertThat(dropped(hello("anthropic.claude-opus-4-7").sampling(sampling)))
                .contains("temperature", "top_p", "top_k");
    }

    @Test
    void the_callers_bound_yields_to_ours() {
        assertThat(body(hello(NOVA).ownBound(500)).at("/inferenceConfig/maxTokens"))
                .isEqualTo(json("500"));
        assertThat(body(hello(NOVA).ownBound(500).bound(64)).at("/inferenceConfig/maxTokens"))
                .isEqualTo(json("64"));
    }

    @Test
    void a_schema_for_the_answer_is_a_text_of_its_own() {
        OutputFormat schema = new OutputFormat.JsonSchema("city", null, new RawJson("{\"type\":\"object\"}"), true);

        JsonNode format =
                body(hello(CLAUDE).format(schema)).path("outputConfig").path("textFormat");

        assertThat(format.path("type")).isEqualTo(json("'json_schema'"));
        assertThat(format.at("/structure/jsonSchema/name")).isEqualTo(json("'city'"));
        assertThat(format.at("/structure/jsonSchema/schema").asText())
                .isEqualTo("{\"type\":\"object\",\"additionalProperties\":false}");
        assertThat(dropped(hello(CLAUDE).format(new OutputFormat.JsonObject()))).containsExactly("response_format");
    }

    @Test
    void each_maker_is_told_in_its_own_words_how_much_to_think() {
        Reasoning high = new Reasoning.Adaptive(Effort.HIGH, true);

        assertThat(more(hello(CLAUDE).reasoning(high).ownBound(9000)))
                .isEqualTo(json("{'thinking':{'type':'enabled','budget_tokens':4096}}"));
        assertThat(more(hello(CLAUDE_46).reasoning(high)).at("/thinking/type")).isEqualTo(json("'adaptive'"));
        assertThat(more(hello(CLAUDE_46).reasoning(high)).path("output_config")).isEqualTo(json("{'effort':'high'}"));
        assertThat(more(hello(OSS).reasoning(high))).isEqualTo(json("{'reasoning_effort':'high'}"));
        assertThat(more(hello(NOVA_2).reasoning(high)))
                .isEqualTo(json("{'reasoningConfig':{'type':'enabled','maxReasoningEffort':'medium'}}"));
        assertThat(dropped(hello(NOVA).reasoning(high))).containsExactly("reasoning_effort");
        assertThat(more(hello(NOVA_2).reasoning(new Reasoning.Off())).isMissingNode())
                .isTrue();
    }

    @Test
    void claude_does_not_think_where_its_last_thoughts_are_lost() {
        Turn[] lost = {user("Weather?"), assistant(call("1", "f", "{}")), user(result("1", "cold"))};
        Reasoning budget = new Reasoning.Budget(2000, true);

        Asked older = asked(CLAUDE, lost).tools(function("f")).reasoning(budget).ownBound(9000);

        assertThat(dropped(older)).containsExactly("reasoning_effort");
        assertThat(more(older).has("thinking")).isFalse();
        assertThat(more(asked(CLAUDE_46, lost).tools(function("f")).reasoning(budget))
                        .at("/thinking/type"))
                .isEqualTo(json("'adaptive'"));
    }

    @Test
    void pictures_and_files_have_short_types_and_names_of_their_own() {
        Asked asked = asked(
                CLAUDE,
                user(
                        new Part.Image(new Media.Inline("image/jpg", "AAAA"), null),
                        new Part.Document(new Media.Inline("application/pdf", "BBBB"), "a_report!!.pdf"),
                        new Part.Document(new Media.PlainText("Hi"), "a report.txt"),
                        new Part.Audio(new Media.Inline("audio/x-wav", "CCCC"))));

        assertThat(body(asked).at("/messages/0/content")).isEqualTo(json("""
                [{'image':{'format':'jpeg','source':{'bytes':'AAAA'}}},
                 {'document':{'format':'pdf','name':'a report','source':{'bytes':'BBBB'}}},
                 {'document':{'format':'txt','name':'a report (2)','source':{'bytes':'SGk='}}},
                 {'audio':{'format':'wav','source':{'bytes':'CCCC'}}},
                 {'text':'Read the document.'}]"""));
    }

    @Test
    void an_image_by_its_address_is_fetched_where_the_operator_allows_it() {
        byte[] png = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
        try (ScriptedUpstream server = ScriptedUpstream.answering(Replies.sized(200, "image/png", png, Map.of()))) {
            Asked asked = asked(NOVA, user(new Part.Image(new Media.Url(server.baseUrl() + "/a", null), null)));

            Written written = codec(asked).write(asked.conversation(), asked.fetching());

            assertThat(Json.read(((Written.Body) written).bytes()).at("/messages/0/content/0"))
                    .isEqualTo(json("{'image':{'format':'png','source':{'bytes':'iVBORw0KGgo='}}}"));
        }
    }

    @Test
    void what_cannot_be_shown_is_refused_by_its_field() {
        Media address = new Media.Url("https://example.com/a.png", null);

        assertThat(refused(asked(NOVA, user(new Part.Image(address, null))))).contains("image_url");
        assertThat(refused(asked(NOVA, user(new Part.Image(new Media.Inline("image/tiff", "A"), null)))))
                .contains("image_url");
        assertThat(refused(asked(NOVA, user(new Part.Document(address, null))))).contains("file");
        assertThat(refused(asked(NOVA, user(new Part.Document(new Media.Inline("application/zip", "A"), "a")))))
                .contains("file");
    }

    @Test
    void a_cut_history_is_mended() {
        Asked cut = asked(
                        NOVA,
                        user(result("gone", "17 degrees")),
                        assistant(call("1", "f", "{}")),
                        user("Go on"),
                        assistant(text("Well \n")))
                .tools(function("f"));

        JsonNode messages = body(cut).path("messages");

        assertThat(messages.findValuesAsText("role")).containsExactly("user", "assistant", "user", "assistant");
        assertThat(messages.path(0).toString()).contains("17 degrees").doesNotContain("toolResult");
        assertThat(messages.at("/2/content/0/toolResult/toolUseId")).isEqualTo(json("'1'"));
        assertThat(messages.at("/3/content/0/text")).isEqualTo(json("'Well'"));
    }

    private static Asked hello(String model) {
        return asked(model, user("Hello"));
    }

    private static Asked asked(String model, Turn... turns) {
        return Asked.of(model, turns).by("chat");
    }

    private static BedrockPlatformCodec codec(Asked asked) {
        return new BedrockPlatformCodec(TargetModel.of(asked.model(), "asked"), new FetchImages(HTTP));
    }

    private static JsonNode body(Asked asked) {
        return asked.body(codec(asked));
    }

    private static JsonNode more(Asked asked) {
        return body(asked).path("additionalModelRequestFields");
    }

    private static List<String> dropped(Asked asked) {
        return asked.dropped(codec(asked));
    }

    private static String refused(Asked asked) {
        return asked.refused(codec(asked)).field();
    }

    private static JsonNode json(String text) {
        return text == null
                ? com.fasterxml.jackson.databind.node.MissingNode.getInstance()
                : Json.read(Asked.json(text).getBytes(UTF_8));
    }
}
