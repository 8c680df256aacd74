package dev.tollgate.upstream.anthropic.conversation;

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
import dev.tollgate.application.relay.conversation.Signature;
import dev.tollgate.application.relay.conversation.Tool;
import dev.tollgate.application.relay.conversation.ToolChoice.Mode;
import dev.tollgate.upstream.conversation.Asked;
import dev.tollgate.upstream.conversation.Json;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessagesWritingTest {
    private static final MessagesPlatformCodec MESSAGES = new MessagesPlatformCodec();
    private static final String MODEL = "claude-sonnet-4-5";

    private static Asked asked(dev.tollgate.application.relay.conversation.Turn... turns) {
        return Asked.of(MODEL, turns);
    }

    private static JsonNode tree(String text) {
        return Json.read(json(text).getBytes(UTF_8));
    }

    private static JsonNode content(Part part) {
        return asked(user(part)).body(MESSAGES).at("/messages/0/content/0");
    }

    @Test
    void a_conversation_becomes_alternating_messages() {
        Asked asked = asked(
                system("Be brief."),
                user("Weather in Paris and Rome?"),
                assistant(
                        text("Let me see."),
                        call("t.1", "get weather", "{'city':'Paris'}"),
                        call("t_1", "get_weather", "{'city':'Rome'}")),
                user(text("Thanks"), result("t_1", "wet")),
                user(result("t.1", "dry")));

        assertThat(asked.tools(function("get weather"), function("get_weather"))
                        .bound(500)
                        .streamed()
                        .body(MESSAGES))
                .isEqualTo(tree("""
                        {'model':'claude-sonnet-4-5','max_tokens':500,
                         'system':[{'type':'text','text':'Be brief.'}],
                         'messages':[
                          {'role':'user','content':[{'type':'text','text':'Weather in Paris and Rome?'}]},
                          {'role':'assistant','content':[
                            {'type':'text','text':'Let me see.'},
                            {'type':'tool_use','id':'t_1_2','name':'get_weather_2','input':{'city':'Paris'}},
                            {'type':'tool_use','id':'t_1','name':'get_weather','input':{'city':'Rome'}}]},
                          {'role':'user','content':[
                            {'type':'tool_result','tool_use_id':'t_1_2','content':[{'type':'text','text':'dry'}]},
                            {'type':'tool_result','tool_use_id':'t_1','content':[{'type':'text','text':'wet'}]},
                            {'type':'text','text':'Thanks'}]}],
                         'tools':[
                          {'name':'get_weather_2','description':'Does get weather','input_schema':
                            {'type':'object','properties':{'city':{'type':'string'}},'required':['city']}},
                          {'name':'get_weather','description':'Does get_weather','input_schema':
                            {'type':'object','properties':{'city':{'type':'string'}},'required':['city']}}],
                         'stream':true}"""));
    }

    @Test
    void the_bound_is_the_hold_then_the_callers_then_ours() {
        assertThat(asked(user("Hi"))
                        .ownBound(70)
                        .bound(50)
                        .body(MESSAGES)
                        .path("max_tokens")
                        .asInt())
                .isEqualTo(50);
        assertThat(asked(user("Hi"))
                        .ownBound(70)
                        .body(MESSAGES)
                        .path("max_tokens")
                        .asInt())
                .isEqualTo(70);
        assertThat(asked(user("Hi")).body(MESSAGES).path("max_tokens").asInt()).isEqualTo(8192);
        assertThat(Asked.of("claude-3-opus-20240229", user("Hi"))
                        .body(MESSAGES)
                        .path("max_tokens")
                        .asInt())
                .isEqualTo(4096);
    }

    @Test
    void an_answer_the_caller_began_ends_in_no_white_space() {
        assertThat(asked(user("Hi"), assistant(text("Once \n"))).body(MESSAGES).at("/messages/1/content/0/text"))
                .isEqualTo(tree("'Once'"));
    }

    @Test
    void only_its_own_thinking_goes_back() {
        Part own = new Part.Thinking("Hm", new Signature(Signature.ANTHROPIC, "sig"));
        Part foreign = new Part.Thinking("Hm", new Signature(Signature.GEMINI, "sig"));
        Part redacted = new Part.Redacted(new Signature(Signature.ANTHROPIC, "data"));

        assertThat(asked(user("Hi"), assistant(own, foreign, redacted, text("Yes")), user("So"))
                        .body(MESSAGES)
                        .at("/messages/1/content"))
                .isEqualTo(tree("""
                        [{'type':'thinking','thinking':'Hm','signature':'sig'},
                         {'type':'redacted_thinking','data':'data'},{'type':'text','text':'Yes'}]"""));
    }

    @Test
    void pictures_and_files_have_sources() {
        Media.Inline text = new Media.Inline("text/csv", Base64.getEncoder().encodeToString("a,b".getBytes(UTF_8)));

        assertThat(content(new Part.Image(new Media.Inline("image/jpg", "AAAA"), "high")))
                .isEqualTo(tree("{'type':'image','source':{'type':'base64','media_type':'image/jpeg','data':'AAAA'}}"));
        assertThat(content(new Part.Image(new Media.Url("https://x.test/a.png", null), null)))
                .isEqualTo(tree("{'type':'image','source':{'type':'url','url':'https://x.test/a.png'}}"));
        assertThat(content(new Part.Document(new Media.Inline("application/pdf", "AAAA"), "a.pdf")))
                .isEqualTo(tree("""
                        {'type':'document','title':'a.pdf','source':
                          {'type':'base64','media_type':'application/pdf','data':'AAAA'}}"""));
        assertThat(content(new Part.Document(text, null)))
                .isEqualTo(tree("{'type':'document','source':{'type':'text','media_type':'text/plain','data':'a,b'}}"));
        assertThat(content(new Part.Document(new Media.Url("https://x.test/a.pdf", null), null)))
                .isEqualTo(tree("{'type':'document','source':{'type':'url','url':'https://x.test/a.pdf'}}"));
    }

    @Test
    void what_it_cannot_read_is_refused_by_the_callers_name() {
        Part sound = new Part.Audio(new Media.Inline("audio/wav", "AAAA"));
        Part sheet = new Part.Document(new Media.Inline("application/msword", "AAAA"), null);

        assertThat(asked(user(sound)).by("chat").refused(MESSAGES).field())
                .isEqualTo("messages[].content[].input_audio");
        assertThat(asked(user(sheet)).refused(MESSAGES).field()).isEqualTo("input[].content[].input_file");
        assertThat(asked(user("Hi")).stop("\n").refused(MESSAGES).status()).isEqualTo(400);
    }

    @Test
    void the_choice_among_tools_is_told_in_its_words() {
        Asked asked = asked(user("Hi")).tools(function("a"), function("b"), function("c"));

        assertThat(asked.body(MESSAGES).has("tool_choice")).isFalse();
        assertThat(asked.choice(Mode.NONE, true).body(MESSAGES).path("tool_choice"))
                .isEqualTo(tree("{'type':'none'}"));
        assertThat(asked.choice(Mode.REQUIRED, true).body(MESSAGES).path("tool_choice"))
                .isEqualTo(tree("{'type':'any'}"));
        assertThat(asked.choice(Mode.REQUIRED, false, "b").body(MESSAGES).path("tool_choice"))
                .isEqualTo(tree("{'type':'tool','name':'b','disable_parallel_tool_use':true}"));
        assertThat(asked.choice(Mode.AUTO, false).body(MESSAGES).path("tool_choice"))
                .isEqualTo(tree("{'type':'auto','disable_parallel_tool_use':true}"));
        JsonNode some = asked.choice(Mode.REQUIRED, true, "a", "c").body(MESSAGES);
        assertThat(some.path("tool_choice")).isEqualTo(tree("{'type':'any'}"));
        assertThat(some.findValuesAsText("name")).containsExactly("a", "c");
    }

    @Test
    void a_schema_says_that_it_is_an_objects() {
        Tool any = new Tool.Function("f", null, new RawJson(json("{'anyOf':[{'type':'object'}]}")), true, false);

        assertThat(asked(user("Hi")).tools(any).body(MESSAGES).path("tools"))
                .isEqualTo(tree("[{'name':'f','input_schema':{'type':'object','properties':{}}}]"));
    }

    @Test
    void the_web_is_searched_unless_a_tool_has_that_name() {
        Tool search = new Tool.WebSearch("tools[0]", 3L);

        assertThat(asked(user("Hi")).tools(search).body(MESSAGES).path("tools"))
                .isEqualTo(tree("[{'type':'web_search_20250305','name':'web_search','max_uses':3}]"));
        assertThat(asked(user("Hi")).tools(search, function("web_search")).dropped(MESSAGES))
                .containsExactly("tools[0]");
    }

    @Test
    void tools_of_the_history_are_declared_though_none_is_offered() {
        Asked asked = asked(user("Hi"), assistant(call("a", "f", "{}")), user(result("a", "x")));

        assertThat(asked.body(MESSAGES).path("tools"))
                .isEqualTo(tree("[{'name':'f','input_schema':{'type':'object'}}]"));
        assertThat(asked.body(MESSAGES).path("tool_choice")).isEqualTo(tree("{'type':'none'}"));
    }

    @Test
    void sampling_goes_as_far_as_the_models_age_allows() {
        Asked asked = asked(user("Hi")).sampledInEveryWay();

        assertThat(Asked.of("claude-sonnet-4-0", user("Hi")).sampledInEveryWay().body(MESSAGES))
                .isEqualTo(tree("""
                        {'model':'claude-sonnet-4-0','max_tokens':8192,
                         'messages':[{'role':'user','content':[{'type':'text','text':'Hi'}]}],
                         'temperature':0.7,'top_p':0.96,'top_k':40,'stop_sequences':['END'],'stream':false}"""));
        assertThat(asked.dropped(MESSAGES)).containsExactly("top_p", "frequency_penalty", "presence_penalty", "seed");
        assertThat(Asked.of("claude-opus-4-7", user("Hi"))
                        .sampledInEveryWay()
                        .by("generate_content")
                        .dropped(MESSAGES))
                .contains("generationConfig.temperature", "generationConfig.topP", "generationConfig.topK");
    }

    @Test
    void a_temperature_above_one_is_one() {
        var hot = new dev.tollgate.application.relay.conversation.Sampling(
                new RawJson("1.7"), null, null, null, null, null, List.of());

        assertThat(asked(user("Hi"))
                        .sampling(hot)
                        .body(MESSAGES)
                        .path("temperature")
                        .intValue())
                .isEqualTo(1);
    }

    @Test
    void a_schema_for_the_answer_is_closed_and_free_of_unknown_bounds() {
        Asked asked = asked(user("Hi"))
                .schema("{'type':'object','properties':{'n':{'type':'integer','minimum':1}},'required':['n']}");

        assertThat(asked.body(MESSAGES).path("output_config")).isEqualTo(tree("""
                {'format':{'type':'json_schema','schema':{'type':'object','properties':{'n':{'type':'integer'}},
                 'required':['n'],'additionalProperties':false}}}"""));
        assertThat(asked(user("Hi")).format(new OutputFormat.JsonObject()).dropped(MESSAGES))
                .containsExactly("text.format");
    }
}
