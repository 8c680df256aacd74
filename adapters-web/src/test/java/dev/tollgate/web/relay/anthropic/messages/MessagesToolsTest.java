package dev.tollgate.web.relay.anthropic.messages;

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
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MessagesToolsTest {
    private static final MessagesCodec CODEC = new MessagesCodec();
    private static final String WEATHER =
            "{\"name\":\"weather\",\"description\":\"D\",\"input_schema\":{\"type\":\"object\"},\"strict\":true}";
    private static final String SEARCH = "{\"type\":\"web_search_20250305\",\"name\":\"web_search\",\"max_uses\":3}";
    private static final String HOSTED = "{\"type\":\"code_execution_20260120\",\"name\":\"code_execution\"}";

    @Test
    void reads_the_callers_own_tools_and_the_search() {
        Conversation read = understood(CODEC, body(WEATHER + "," + SEARCH, "{\"type\":\"auto\"}"));

        assertThat(read.tools())
                .containsExactly(
                        new Tool.Function("weather", "D", new RawJson("{\"type\":\"object\"}"), true, false),
                        new Tool.WebSearch("tools.web_search_20250305", 3L));
        assertThat(read.dropped()).isEmpty();
    }

    @Test
    void names_the_hosted_tools_it_leaves_out() {
        Conversation read = understood(CODEC, body(WEATHER + "," + HOSTED, "{\"type\":\"any\"}"));

        assertThat(read.tools()).hasSize(1);
        assertThat(read.dropped()).containsExactly("tools.code_execution_20260120");
    }

    @Test
    void describes_the_tools_that_only_claude_knows() {
        Conversation read = understood(CODEC, body("""
                {"type":"bash_20250124","name":"bash"},
                {"type":"text_editor_20250728","name":"str_replace_based_edit_tool"},
                {"type":"memory_20250818","name":"memory"}""", "{\"type\":\"auto\"}"));

        assertThat(read.tools()).hasSize(3).allSatisfy(tool -> {
            Tool.Function function = (Tool.Function) tool;
            assertThat(RequestJson.object(function.parameters().text())
                            .path("type")
                            .asText())
                    .isEqualTo("object");
        });
    }

    @Test
    void reads_how_tools_are_to_be_used() {
        assertThat(choice(WEATHER, "{\"type\":\"any\",\"disable_parallel_tool_use\":true}"))
                .isEqualTo(new ToolChoice(Mode.REQUIRED, List.of(), false));
        assertThat(choice(WEATHER, "{\"type\":\"tool\",\"name\":\"weather\"}"))
                .isEqualTo(new ToolChoice(Mode.REQUIRED, List.of("weather"), true));
        assertThat(choice(WEATHER, "{\"type\":\"none\"}")).isEqualTo(new ToolChoice(Mode.NONE, List.of(), true));
        assertThat(choice(SEARCH, "{\"type\":\"tool\",\"name\":\"web_search\"}"))
                .isEqualTo(new ToolChoice(Mode.REQUIRED, List.of(), true));
    }

    @Test
    void offers_nothing_but_the_search_where_it_is_forced() {
        Conversation read =
                understood(CODEC, body(WEATHER + "," + SEARCH, "{\"type\":\"tool\",\"name\":\"web_search\"}"));

        assertThat(read.tools()).containsExactly(new Tool.WebSearch("tools.web_search_20250305", 3L));
        assertThat(read.toolChoice()).isEqualTo(new ToolChoice(Mode.REQUIRED, List.of(), true));
    }

    @Test
    void refuses_a_hosted_tool_that_is_forced() {
        String forced = "{\"type\":\"tool\",\"name\":\"code_execution\"}";

        assertThat(refused(CODEC, body(WEATHER + "," + HOSTED, forced)).field()).isEqualTo("tool_choice.name");
        assertThat(refused(CODEC, body(HOSTED, "{\"type\":\"any\"}")).field()).isEqualTo("tool_choice.type");
    }

    @Test
    void accepts_a_coding_agents_whole_request() {
        String tools = IntStream.range(0, 60)
                .mapToObj(i -> WEATHER.replace("\"weather\"", "\"mcp__server__tool_" + i + "\"")
                        .replace("\"D\"", "\"" + "long description ".repeat(100) + "\""))
                .collect(Collectors.joining(","));
        String request = """
                {"model":"m","max_tokens":32000,"stream":true,"temperature":1,
                 "thinking":{"type":"enabled","budget_tokens":31999},
                 "metadata":{"user_id":"user_x_account__session_y"},
                 "context_management":{"edits":[{"type":"clear_thinking_20251015","keep":"all"}]},
                 "system":[{"type":"text","text":"You are an agent.","cache_control":{"type":"ephemeral","ttl":"1h"}},
                           {"type":"text","text":"%s","cache_control":{"type":"ephemeral"}}],
                 "tools":[%s],
                 "messages":[{"role":"user","content":[{"type":"text","text":"<system-reminder>"},
                   {"type":"text","text":"Fix it.","cache_control":{"type":"ephemeral"}}]},
                  {"role":"assistant","content":[{"type":"thinking","thinking":"Hm.","signature":"s"},
                   {"type":"tool_use","id":"toolu_1","name":"mcp__server__tool_1","input":{},"caller":{"type":"direct"}}]},
                  {"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_1","content":"ok",
                   "cache_control":{"type":"ephemeral"}}]}]}""".formatted("Rules. ".repeat(3000), tools);

        Conversation read = understood(CODEC, request);

        assertThat(request.length()).isGreaterThan(100_000);
        assertThat(read.tools()).hasSize(60);
        assertThat(read.turns()).hasSize(4);
        assertThat(read.dropped())
                .containsExactlyInAnyOrder(
                        "cache_control", "messages[].content[].caller", "metadata", "context_management");
    }

    @Test
    void tells_any_id_in_a_form_that_leads_back_to_it() {
        for (String id : List.of("toolu_01", "call_a-b", "call:1/2 é", "", "toolu_tg_YQ")) {
            assertThat(ToolIds.told(id)).matches("[a-zA-Z0-9_-]+");
            assertThat(ToolIds.read(ToolIds.told(id))).isEqualTo(id);
        }
        assertThat(ToolIds.told("toolu_01")).isEqualTo("toolu_01");
        assertThat(ToolIds.read("toolu_tg_!")).isEqualTo("toolu_tg_!");
    }

    private static ToolChoice choice(String tools, String choice) {
        return understood(CODEC, body(tools, choice)).toolChoice();
    }

    private static String body(String tools, String choice) {
        return "{\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"tools\":[" + tools
                + "],\"tool_choice\":" + choice + "}";
    }
}
