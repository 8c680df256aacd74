package dev.tollgate.upstream.bedrock.conversation;

import static dev.tollgate.upstream.bedrock.conversation.Conversations.assistant;
import static dev.tollgate.upstream.bedrock.conversation.Conversations.call;
import static dev.tollgate.upstream.bedrock.conversation.Conversations.result;
import static dev.tollgate.upstream.bedrock.conversation.Conversations.system;
import static dev.tollgate.upstream.bedrock.conversation.Conversations.tool;
import static dev.tollgate.upstream.bedrock.conversation.Conversations.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tollgate.application.relay.UpstreamRequest;
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
import dev.tollgate.upstream.bedrock.BedrockCalls;
import dev.tollgate.upstream.conversation.PlatformCodec.Written;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConverseRequestTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CLAUDE = "anthropic.claude-3-7-sonnet-20250219-v1:0";
    private static final String CLAUDE_46 = "global.anthropic.claude-opus-4-6-v1";
    private static final String NOVA = "amazon.nova-lite-v1:0";
    private static final Tool.Function WEATHER =
            tool("get.weather", "{\"properties\":{\"c\":{\"type\":\"string\"}}, \"minimum\": 1.50}");
    private static final Conversation HISTORY = Conversations.of(
            system("Be brief."),
            user(new Part.Text("Weather in Paris?"), new Part.Text(" ")),
            assistant(
                    new Part.Thinking("Look it up", new Signature(Signature.ANTHROPIC, "sig")),
                    new Part.Thinking("foreign", new Signature(Signature.GEMINI, "g")),
                    new Part.Redacted(new Signature(Signature.ANTHROPIC, "secret")),
                    call("call:1", "get.weather", "{\"c\":\"Paris\"}"),
                    call("call:2", "get.weather", "{\"c\":\"Rome\"}")),
            user(result("call:2", "get.weather", "cold")),
            user(
                    new Part.ToolResult("call:1", "get.weather", List.of(new Part.Text("")), true),
                    new Part.Text("And?")));

    @Test
    void a_greeting_is_little() {
        assertThat(body(Conversations.HELLO, NOVA)).isEqualTo(json("""
                {"messages":[{"role":"user","content":[{"text":"Hello"}]}]}"""));
    }

    @Test
    void a_history_with_tools_and_thoughts_is_told_to_claude() {
        assertThat(body(Conversations.tools(HISTORY, ToolChoice.AUTO, WEATHER), CLAUDE)).isEqualTo(json("""
                {"messages":[
                  {"role":"user","content":[{"text":"Weather in Paris?"}]},
                  {"role":"assistant","content":[
                    {"reasoningContent":{"reasoningText":{"text":"Look it up","signature":"sig"}}},
                    {"reasoningContent":{"redactedContent":"secret"}},
                    {"toolUse":{"toolUseId":"call_1","name":"get_weather","input":{"c":"Paris"}}},
                    {"toolUse":{"toolUseId":"call_2","name":"get_weather","input":{"c":"Rome"}}}]},
                  {"role":"user","content":[
                    {"toolResult":{"toolUseId":"call_1","content":[{"text":"(empty)"}],"status":"error"}},
                    {"toolResult":{"toolUseId":"call_2","content":[{"text":"cold"}]}},
                    {"text":"And?"}]}],
                 "system":[{"text":"Be brief."}],
                 "toolConfig":{"tools":[{"toolSpec":{"name":"get_weather","description":"Does get.weather",
                   "inputSchema":{"json":{"type":"object","properties":{"c":{"type":"string"}},"minimum":1.50}}}}]}}
                """));
    }

    @Test
    void nobody_but_claude_is_told_thoughts() {
        assertThat(body(Conversations.tools(HISTORY, ToolChoice.AUTO, WEATHER), NOVA)
                        .toString())
                .doesNotContain("reasoningContent");
    }

    @Test
    void where_no_tool_may_be_used_none_is_offered_and_the_history_is_told_as_text() {
        ToolChoice none = new ToolChoice(ToolChoice.Mode.NONE, List.of(), true);

        JsonNode body = body(Conversations.tools(HISTORY, none, WEATHER), NOVA);

        assertThat(body.has("toolConfig")).isFalse();
        assertThat(body.toString()).doesNotContain("toolUse", "toolResult").contains("Paris", "cold");
    }

    @ParameterizedTest
    @CsvSource({
        "REQUIRED,get.weather,true,'{\"tool\":{\"name\":\"get_weather\"}}',",
        "REQUIRED,,true,'{\"any\":{}}',",
        "AUTO,,true,,",
        "AUTO,,false,,'{\"type\":\"auto\",\"disable_parallel_tool_use\":true}'",
        "REQUIRED,,false,,'{\"type\":\"any\",\"disable_parallel_tool_use\":true}'",
        "REQUIRED,get.weather,false,,'{\"type\":\"tool\",\"name\":\"get_weather\",\"disable_parallel_tool_use\":true}'"
    })
    void a_choice_of_tools_has_one_place(
            ToolChoice.Mode mode, String name, boolean parallel, String converses, String claudes) {
        ToolChoice choice = new ToolChoice(mode, name == null ? List.of() : List.of(name), parallel);

        JsonNode body = body(Conversations.tools(Conversations.HELLO, choice, WEATHER, tool("other", "{}")), CLAUDE);

        assertThat(body.path("toolConfig").path("toolChoice")).isEqualTo(json(converses));
        assertThat(body.path("additionalModelRequestFields").path("tool_choice")).isEqualTo(json(claudes));
        assertThat(body.path("toolConfig").path("tools")).hasSize(name == null ? 2 : 1);
    }

    @Test
    void a_search_of_the_web_is_named_as_dropped_and_refused_where_it_is_demanded() {
        Tool search = new Tool.WebSearch("web_search_options", null);
        ToolChoice required = new ToolChoice(ToolChoice.Mode.REQUIRED, List.of(), true);

        assertThat(written(Conversations.tools(Conversations.HELLO, ToolChoice.AUTO, search), NOVA)
                        .dropped())
                .containsExactly("web_search_options");
        assertThat(refused(Conversations.tools(Conversations.HELLO, required, search))).isEqualTo("tool_choice");
    }

    @Test
    void sampling_goes_where_there_is_a_place_and_is_named_where_there_is_none() {
        Sampling sampling = new Sampling(
                new RawJson("1.70"), new RawJson("0.90"), 40L, new RawJson("0.5"), null, 7L, List.of("END", " "));
        Conversation asked = Conversations.sampling(Conversations.HELLO, sampling);

        Written.Body written = written(asked, CLAUDE);

        assertThat(read(written)).isEqualTo(json("""
                {"messages":[{"role":"user","content":[{"text":"Hello"}]}],
                 "inferenceConfig":{"temperature":1,"topP":0.90,"stopSequences":["END"]},
                 "additionalModelRequestFields":{"top_k":40},
                 "additionalModelResponseFieldPaths":["/stop_sequence"]}"""));
        assertThat(written.dropped()).containsExactlyInAnyOrder("seed", "frequency_penalty");
        assertThat(body(asked, NOVA).at("/additionalModelRequestFields/inferenceConfig/topK"))
                .isEqualTo(json("40"));
        assertThat(written(asked, "eu.anthropic.claude-sonnet-4-5-20250929-v1:0").dropped())
                .contains("top_p");
        assertThat(written(asked, "anthropic.claude-opus-4-7").dropped()).contains("temperature", "top_p", "top_k");
    }

    @Test
    void a_schema_for_the_answer_is_a_text_of_its_own() {
        OutputFormat schema = new OutputFormat.JsonSchema("city", null, new RawJson("{\"type\":\"object\"}"), true);

        assertThat(body(Conversations.format(Conversations.HELLO, schema), CLAUDE).path("outputConfig"))
                .isEqualTo(json("""
                        {"textFormat":{"type":"json_schema","structure":{"jsonSchema":
                          {"schema":"{\\"type\\":\\"object\\"}","name":"city"}}}}"""));
        assertThat(written(Conversations.format(Conversations.HELLO, new OutputFormat.JsonObject()), CLAUDE)
                        .dropped())
                .containsExactly("response_format");
    }

    @Test
    void each_maker_is_told_in_its_own_words_how_much_to_think() {
        Conversation high =
                Conversations.reasoning(Conversations.HELLO, new Reasoning.Adaptive(Effort.HIGH, true), 9000L);

        assertThat(more(high, CLAUDE)).isEqualTo(json("{\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":4096}}"));
        assertThat(more(high, CLAUDE_46).path("thinking").path("type").asText()).isEqualTo("adaptive");
        assertThat(more(high, CLAUDE_46).path("output_config")).isEqualTo(json("{\"effort\":\"high\"}"));
        assertThat(more(high, "openai.gpt-oss-120b-1:0")).isEqualTo(json("{\"reasoning_effort\":\"high\"}"));
        assertThat(more(high, "us.amazon.nova-2-lite-v1:0"))
                .isEqualTo(json("{\"reasoningConfig\":{\"type\":\"enabled\",\"maxReasoningEffort\":\"medium\"}}"));
        assertThat(written(high, NOVA).dropped()).containsExactly("reasoning_effort");
    }

    @Test
    void claude_does_not_think_where_its_last_thoughts_are_lost() {
        Conversation lost = Conversations.of(
                user(new Part.Text("Weather?")),
                assistant(call("1", "get.weather", "{}")),
                user(result("1", "get.weather", "cold")));
        Conversation asked = Conversations.reasoning(
                Conversations.tools(lost, ToolChoice.AUTO, WEATHER), new Reasoning.Budget(2000, true), 9000L);

        assertThat(written(asked, CLAUDE).dropped()).containsExactly("reasoning_effort");
        assertThat(more(asked, CLAUDE).has("thinking")).isFalse();
        assertThat(more(asked, CLAUDE_46).path("thinking").path("type").asText())
                .isEqualTo("adaptive");
    }

    @Test
    void pictures_and_files_have_short_types_and_names_of_their_own() {
        Conversation asked = Conversations.of(user(
                new Part.Image(new Media.Inline("image/jpg", "AAAA"), null),
                new Part.Document(new Media.Inline("application/pdf", "BBBB"), "a_report!!.pdf"),
                new Part.Document(new Media.PlainText("Hi"), "a report.txt")));

        assertThat(body(asked, CLAUDE).path("messages").path(0).path("content")).isEqualTo(json("""
                [{"image":{"format":"jpeg","source":{"bytes":"AAAA"}}},
                 {"document":{"format":"pdf","name":"a report","source":{"bytes":"BBBB"}}},
                 {"document":{"format":"txt","name":"a report (2)","source":{"bytes":"SGk="}}},
                 {"text":"Read the document."}]"""));
    }

    @Test
    void what_cannot_be_shown_is_refused() {
        assertThat(refused(Conversations.of(
                        user(new Part.Image(new Media.Url("https://example.com/a.png", null), null)))))
                .contains("messages");
        assertThat(refused(Conversations.of(user(new Part.Image(new Media.Inline("image/tiff", "A"), null)))))
                .contains("messages");
        assertThat(refused(
                        Conversations.of(user(new Part.Document(new Media.Inline("application/zip", "A"), "a.zip")))))
                .contains("messages");
    }

    @Test
    void a_cut_history_is_mended() {
        Conversation cut = Conversations.of(
                user(result("gone", null, "17 degrees")),
                assistant(call("1", "get.weather", "{}")),
                assistant(new Part.Text("Wait \n")));

        JsonNode messages =
                body(Conversations.tools(cut, ToolChoice.AUTO, WEATHER), NOVA).path("messages");

        assertThat(messages.findValuesAsText("role")).startsWith("user", "assistant", "user");
        assertThat(messages.path(0).toString()).contains("17 degrees").doesNotContain("toolResult");
        assertThat(messages.path(2).at("/content/0/toolResult/toolUseId").asText()).isEqualTo("1");
    }

    private static JsonNode more(Conversation conversation, String model) {
        return body(conversation, model).path("additionalModelRequestFields");
    }

    private static JsonNode body(Conversation conversation, String model) {
        return read(written(conversation, model));
    }

    private static Written.Body written(Conversation conversation, String model) {
        return (Written.Body) write(conversation, model);
    }

    private static String refused(Conversation conversation) {
        return ((Written.Refused) write(conversation, NOVA)).error().field();
    }

    private static Written write(Conversation conversation, String model) {
        UpstreamRequest request = BedrockCalls.converted(
                "http://localhost", "chat", new ToldConversation(conversation), false, model);
        return new BedrockPlatformCodec(TargetModel.of(model, "asked")).write(conversation, request);
    }

    private static JsonNode read(Written.Body written) {
        try {
            return JSON.readTree(written.bytes());
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }

    private static JsonNode json(String text) {
        try {
            return text == null
                    ? com.fasterxml.jackson.databind.node.MissingNode.getInstance()
                    : JSON.readTree(text);
        } catch (JsonProcessingException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }
}
