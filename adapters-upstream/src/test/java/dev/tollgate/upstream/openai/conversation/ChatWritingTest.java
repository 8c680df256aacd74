package dev.tollgate.upstream.openai.conversation;

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
import java.util.List;
import org.junit.jupiter.api.Test;

class ChatWritingTest {
    private static final ChatPlatformCodec CHAT = new ChatPlatformCodec();
    private static final Media PICTURE = new Media.Inline("image/png", "AAAA");

    private static JsonNode tree(String text) {
        return Json.read(json(text).getBytes(UTF_8));
    }

    private static JsonNode content(Part part) {
        return Asked.of("gpt-4o", user(part)).body(CHAT).at("/messages/0/content");
    }

    @Test
    void a_conversation_becomes_messages() {
        Asked asked = Asked.of(
                "gpt-4o",
                system("Be brief."),
                user("Weather in Paris and Rome?"),
                assistant(
                        new Part.Thinking("Hm", null),
                        text("Let me see."),
                        call("t1", "get weather", "{'city':'Paris'}"),
                        call("t2", "get weather", "{'city':'Rome'}")),
                user(text("Thanks"), result("t2", "wet"), result("t1", "dry")),
                system("Now sum up."));

        assertThat(asked.tools(function("get weather")).bound(500).streamed().body(CHAT))
                .isEqualTo(tree("""
                        {'model':'gpt-4o','messages':[
                          {'role':'system','content':'Be brief.'},
                          {'role':'user','content':'Weather in Paris and Rome?'},
                          {'role':'assistant','content':'Let me see.','tool_calls':[
                            {'id':'t1','type':'function','function':
                              {'name':'get_weather','arguments':'{\\'city\\':\\'Paris\\'}'}},
                            {'id':'t2','type':'function','function':
                              {'name':'get_weather','arguments':'{\\'city\\':\\'Rome\\'}'}}]},
                          {'role':'tool','tool_call_id':'t1','content':'dry'},
                          {'role':'tool','tool_call_id':'t2','content':'wet'},
                          {'role':'user','content':'Thanks'},
                          {'role':'system','content':'Now sum up.'}],
                         'tools':[{'type':'function','function':
                           {'name':'get_weather','description':'Does get weather','parameters':
                             {'type':'object','properties':{'city':{'type':'string'}},'required':['city']}}}],
                         'max_completion_tokens':500,'stream':true,'stream_options':{'include_usage':true}}"""));
    }

    @Test
    void pictures_and_files_are_parts() {
        assertThat(content(new Part.Image(PICTURE, "low"))).isEqualTo(tree("""
                [{'type':'image_url','image_url':{'url':'data:image/png;base64,AAAA','detail':'low'}}]"""));
        assertThat(content(new Part.Image(new Media.Url("https://x.test/a.png", null), null)))
                .isEqualTo(tree("[{'type':'image_url','image_url':{'url':'https://x.test/a.png'}}]"));
        assertThat(content(new Part.Document(new Media.Inline("application/pdf", "AAAA"), "a.pdf")))
                .isEqualTo(tree("""
                        [{'type':'file','file':{'filename':'a.pdf','file_data':'data:application/pdf;base64,AAAA'}}]"""));
        assertThat(content(new Part.Document(new Media.PlainText("a,b"), "a.csv")))
                .isEqualTo(tree("'a,b'"));
        assertThat(content(new Part.Audio(new Media.Inline("audio/mpeg", "AAAA"))))
                .isEqualTo(tree("[{'type':'input_audio','input_audio':{'data':'AAAA','format':'mp3'}}]"));
    }

    @Test
    void what_it_cannot_read_is_refused_by_the_callers_name() {
        Part byAddress = new Part.Document(new Media.Url("https://x.test/a.pdf", null), null);
        Part ogg = new Part.Audio(new Media.Inline("audio/ogg", "AAAA"));

        assertThat(Asked.of("gpt-4o", user(byAddress))
                        .by("messages")
                        .refused(CHAT)
                        .field())
                .isEqualTo("messages[].content[].document");
        assertThat(Asked.of("gpt-4o", user(ogg))
                        .by("generate_content")
                        .refused(CHAT)
                        .field())
                .isEqualTo("contents[].parts[].inlineData");
        assertThat(Asked.of("gpt-4o", user("Hi"))
                        .stop("1", "2", "3", "4", "5")
                        .refused(CHAT)
                        .field())
                .isEqualTo("stop");
        assertThat(Asked.of("gpt-4o").refused(CHAT).field()).isEqualTo("input");
    }

    @Test
    void pictures_in_the_results_of_tools_follow_as_the_users() {
        Part seen = new Part.ToolResult("a", "f", List.of(text("See:"), new Part.Image(PICTURE, null)), false);
        JsonNode messages = Asked.of(
                        "gpt-4o",
                        user("Hi"),
                        assistant(call("a", "f", "{}"), call("b", "f", "{}")),
                        user(seen, result("b", "x")))
                .body(CHAT)
                .path("messages");

        assertThat(messages.findValuesAsText("role")).containsExactly("user", "assistant", "tool", "tool", "user");
        assertThat(messages.at("/2/content")).isEqualTo(tree("'See:'"));
        assertThat(messages.at("/4/content/0/type")).isEqualTo(tree("'image_url'"));
    }

    @Test
    void long_ids_are_cut_and_their_results_find_them() {
        String id = "toolu_" + "x".repeat(60);
        JsonNode messages = Asked.of("gpt-4o", user("Hi"), assistant(call(id, "f", "{}")), user(result(id, "x")))
                .body(CHAT)
                .path("messages");

        assertThat(messages.at("/1/tool_calls/0/id").asText()).hasSize(40);
        assertThat(messages.at("/2/tool_call_id")).isEqualTo(messages.at("/1/tool_calls/0/id"));
    }

    @Test
    void geminis_signature_goes_back_to_gemini_only() {
        Part.ToolCall signed =
                new Part.ToolCall("a", "f", RawJson.EMPTY_OBJECT, new Signature(Signature.GEMINI, "sig"));

        assertThat(Asked.of("gemini-3-pro", user("Hi"), assistant(signed))
                        .body(CHAT)
                        .at("/messages/1/tool_calls/0/extra_content"))
                .isEqualTo(tree("{'google':{'thought_signature':'sig'}}"));
        assertThat(Asked.of("gpt-4o", user("Hi"), assistant(signed))
                        .body(CHAT)
                        .at("/messages/1/tool_calls/0")
                        .has("extra_content"))
                .isFalse();
    }

    @Test
    void the_choice_among_tools_is_told_in_its_words() {
        Asked asked = Asked.of("gpt-4o", user("Hi")).tools(function("a"), function("b"), function("c"));

        assertThat(asked.body(CHAT).has("tool_choice")).isFalse();
        assertThat(asked.choice(Mode.NONE, true).body(CHAT).path("tool_choice")).isEqualTo(tree("'none'"));
        assertThat(asked.choice(Mode.REQUIRED, false).body(CHAT).path("tool_choice"))
                .isEqualTo(tree("'required'"));
        assertThat(asked.choice(Mode.REQUIRED, false).body(CHAT).path("parallel_tool_calls"))
                .isEqualTo(tree("false"));
        assertThat(asked.choice(Mode.REQUIRED, true, "b").body(CHAT).path("tool_choice"))
                .isEqualTo(tree("{'type':'function','function':{'name':'b'}}"));
        assertThat(asked.choice(Mode.AUTO, true, "a", "c")
                        .body(CHAT)
                        .at("/tools")
                        .findValuesAsText("name"))
                .containsExactly("a", "c");
        assertThat(Asked.of("gpt-4o", user("Hi"))
                        .choice(Mode.AUTO, false)
                        .body(CHAT)
                        .has("parallel_tool_calls"))
                .isFalse();
        assertThat(Asked.of("o3", user("Hi"))
                        .tools(function("a"))
                        .choice(Mode.AUTO, false)
                        .dropped(CHAT))
                .containsExactly("parallel_tool_calls");
    }

    @Test
    void only_a_strict_schema_is_called_strict() {
        RawJson loose = new RawJson(json("{'type':'object','properties':{'a':{'type':'string'}}}"));
        RawJson strict = new RawJson(
                json(
                        "{'type':'object','properties':{'a':{'type':'string'}},'required':['a'],'additionalProperties':false}"));
        JsonNode tools = Asked.of("gpt-4o", user("Hi"))
                .tools(
                        new Tool.Function("a", null, loose, true, false),
                        new Tool.Function("b", null, strict, true, false),
                        new Tool.Function("c", null, strict, null, false))
                .body(CHAT)
                .path("tools");

        assertThat(tools.at("/0/function/strict")).isEqualTo(tree("false"));
        assertThat(tools.at("/1/function/strict")).isEqualTo(tree("true"));
        assertThat(tools.at("/2/function").has("strict")).isFalse();
    }

    @Test
    void the_web_is_searched_by_search_models_only() {
        Tool search = new Tool.WebSearch("tools[0]", null);

        assertThat(Asked.of("gpt-4o-search-preview", user("Hi"))
                        .tools(search)
                        .body(CHAT)
                        .path("web_search_options"))
                .isEqualTo(tree("{}"));
        assertThat(Asked.of("gpt-4o", user("Hi")).tools(search).dropped(CHAT)).containsExactly("tools[0]");
        assertThat(Asked.of("gpt-4o", user("Hi"))
                        .tools(search)
                        .choice(Mode.REQUIRED, true)
                        .refused(CHAT)
                        .field())
                .isEqualTo("tool_choice");
    }

    @Test
    void the_form_of_the_answer_is_asked_for() {
        assertThat(Asked.of("gpt-4o", user("Hi"))
                        .format(new OutputFormat.JsonObject())
                        .body(CHAT)
                        .path("response_format"))
                .isEqualTo(tree("{'type':'json_object'}"));
        assertThat(Asked.of("gpt-4o", user("Hi"))
                        .schema("{'type':'object','properties':{}}")
                        .body(CHAT)
                        .path("response_format"))
                .isEqualTo(tree("""
                        {'type':'json_schema','json_schema':
                          {'name':'answer','schema':{'type':'object','properties':{}},'strict':false}}"""));
    }
}
