package dev.tollgate.web.relay.anthropic.messages;

import static dev.tollgate.web.relay.conversation.CodecCalls.refused;
import static dev.tollgate.web.relay.conversation.CodecCalls.understood;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.relay.CallError;
import dev.tollgate.application.relay.conversation.Conversation;
import dev.tollgate.application.relay.conversation.Media;
import dev.tollgate.application.relay.conversation.OutputFormat;
import dev.tollgate.application.relay.conversation.Part;
import dev.tollgate.application.relay.conversation.RawJson;
import dev.tollgate.application.relay.conversation.Reasoning;
import dev.tollgate.application.relay.conversation.Sampling;
import dev.tollgate.application.relay.conversation.Signature;
import dev.tollgate.application.relay.conversation.Turn;
import dev.tollgate.application.relay.conversation.Turn.Role;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessagesReadingTest {
    private static final MessagesCodec CODEC = new MessagesCodec();

    @Test
    void keeps_system_prompts_where_they_stand() {
        Conversation read = read("""
                "system":[{"type":"text","text":"Be brief.","cache_control":{"type":"ephemeral"}}],
                "messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":"Hello"},
                            {"role":"system","content":"Now in French."},{"role":"user","content":"Hi"}]""");

        assertThat(read.turns())
                .containsExactly(
                        said(Role.SYSTEM, "Be brief."),
                        said(Role.USER, "Hi"),
                        said(Role.ASSISTANT, "Hello"),
                        said(Role.SYSTEM, "Now in French."),
                        said(Role.USER, "Hi"));
        assertThat(read.dropped()).containsExactly("cache_control");
    }

    @Test
    void reads_pictures_and_documents() {
        List<Part> parts = parts("""
                {"type":"image","source":{"type":"base64","media_type":"image/png","data":"AAAA"}},
                {"type":"image","source":{"type":"url","url":"https://a.example/b.png"}},
                {"type":"document","title":"T","source":{"type":"base64","media_type":"application/pdf","data":"BBBB"}},
                {"type":"document","context":"C","source":{"type":"text","media_type":"text/plain","data":"words"}},
                {"type":"document","source":{"type":"url","url":"https://a.example/b.pdf"}},
                {"type":"document","source":{"type":"content","content":[{"type":"text","text":"inner"}]}}""");

        assertThat(parts)
                .containsExactly(
                        new Part.Image(new Media.Inline("image/png", "AAAA"), null),
                        new Part.Image(new Media.Url("https://a.example/b.png", null), null),
                        new Part.Document(new Media.Inline("application/pdf", "BBBB"), "T"),
                        new Part.Text("C"),
                        new Part.Document(new Media.PlainText("words"), null),
                        new Part.Document(new Media.Url("https://a.example/b.pdf", "application/pdf"), null),
                        new Part.Document(new Media.PlainText("inner"), null));
    }

    @Test
    void pairs_a_tools_result_with_its_call() {
        Conversation read = read("""
                "messages":[{"role":"user","content":"Weather?"},
                 {"role":"assistant","content":[{"type":"tool_use","id":"toolu_1","name":"weather","input":{"city":"Rome","d":1.10}}]},
                 {"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_1","is_error":true,"content":[
                   {"type":"text","text":"no"},{"type":"image","source":{"type":"url","url":"https://a.example/c"}}]},
                   {"type":"tool_result","tool_use_id":"toolu_2","content":"lost"}]}]""");

        assertThat(read.turns().get(1).parts())
                .containsExactly(
                        new Part.ToolCall("toolu_1", "weather", new RawJson("{\"city\":\"Rome\",\"d\":1.10}"), null));
        Part picture = new Part.Image(new Media.Url("https://a.example/c", null), null);
        assertThat(read.turns().get(2).parts())
                .containsExactly(
                        new Part.ToolResult("toolu_1", "weather", List.of(new Part.Text("no"), picture), true),
                        new Part.ToolResult("toolu_2", null, List.of(new Part.Text("lost")), false));
    }

    @Test
    void knows_whose_thinking_it_is() {
        List<Part> parts = parts("""
                {"type":"thinking","thinking":"Hm.","signature":"own"},
                {"type":"thinking","thinking":"So.","signature":"tollgate:openai:enc"},
                {"type":"thinking","thinking":"Unsigned.","signature":""},
                {"type":"redacted_thinking","data":"dark"},
                {"type":"redacted_thinking","data":"tollgate:gemini:sig"},
                {"type":"tool_use","id":"t","name":"f","input":{}}""");

        assertThat(parts)
                .containsExactly(
                        new Part.Thinking("Hm.", new Signature(Signature.ANTHROPIC, "own")),
                        new Part.Thinking("So.", new Signature(Signature.OPENAI, "enc")),
                        new Part.Thinking("Unsigned.", null),
                        new Part.Redacted(new Signature(Signature.ANTHROPIC, "dark")),
                        new Part.ToolCall("t", "f", new RawJson("{}"), new Signature(Signature.GEMINI, "sig")));
    }

    @Test
    void keeps_as_text_what_hosted_tools_found_and_names_the_rest() {
        Conversation read = read("""
                "messages":[{"role":"assistant","content":[
                 {"type":"server_tool_use","id":"s","name":"web_search","input":{"query":"q"}},
                 {"type":"web_search_tool_result","tool_use_id":"s","content":[
                   {"type":"web_search_result","title":"A","url":"https://a.example","encrypted_content":"x"}]},
                 {"type":"code_execution_tool_result","tool_use_id":"s","content":{"type":"x"}}]}]""");

        assertThat(read.turns().get(0).parts())
                .containsExactly(new Part.Text("Web search results:\n- A: https://a.example"));
        assertThat(read.dropped()).containsExactly("server_tool_use", "code_execution_tool_result");
    }

    @Test
    void reads_how_to_answer() {
        Conversation read = read("""
                "temperature":0.70,"top_p":1,"top_k":5,"stop_sequences":["END"],"metadata":{"user_id":"u"},
                "service_tier":"auto","context_management":{"edits":[]},"betas":["x"],"mcp_servers":[],
                "output_config":{"format":{"type":"json_schema","schema":{"type":"object"}}},
                "messages":[{"role":"user","content":"Hi"}]""");

        Sampling sampling = new Sampling(new RawJson("0.70"), new RawJson("1"), 5L, null, null, null, List.of("END"));
        assertThat(read.sampling()).isEqualTo(sampling);
        assertThat(read.outputBound()).isEqualTo(100);
        assertThat(read.format())
                .isEqualTo(new OutputFormat.JsonSchema(null, null, new RawJson("{\"type\":\"object\"}"), null));
        assertThat(read.dropped())
                .containsExactly("metadata", "service_tier", "context_management", "betas", "mcp_servers");
    }

    @Test
    void reads_how_much_to_think() {
        assertThat(reasoning("\"top_k\":1")).isNull();
        assertThat(reasoning("\"thinking\":{\"type\":\"disabled\"}")).isEqualTo(new Reasoning.Off());
        assertThat(reasoning("\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":2048}"))
                .isEqualTo(new Reasoning.Budget(2048, true));
        assertThat(reasoning("\"thinking\":{\"type\":\"adaptive\",\"display\":\"omitted\"}"))
                .isEqualTo(new Reasoning.Adaptive(null, false));
        assertThat(reasoning("\"thinking\":{\"type\":\"adaptive\"},\"output_config\":{\"effort\":\"xhigh\"}"))
                .isEqualTo(new Reasoning.Adaptive(Reasoning.Effort.XHIGH, true));
        assertThat(reasoning("\"output_config\":{\"effort\":\"low\"}"))
                .isEqualTo(new Reasoning.Adaptive(Reasoning.Effort.LOW, false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'messages':[{'role':'user','content':'Hi'}]} | max_tokens",
                "{'max_tokens':1,'messages':[]} | messages",
                "{'max_tokens':1,'messages':[{'role':'tool','content':'Hi'}]} | messages[0].role",
                "{'max_tokens':1,'messages':[{'role':'user','content':7}]} | messages[0].content",
                "{'max_tokens':1,'messages':[{'role':'user','content':[{'type':'image','source':{'type':'file','file_id':'f'}}]}]}"
                        + " | messages[0].content[0].source.file_id",
                "{'max_tokens':1,'messages':[{'role':'user','content':[{'type':'document','source':{'type':'file','file_id':'f'}}]}]}"
                        + " | messages[0].content[0].source.file_id",
                "{'max_tokens':1,'output_config':{'format':{'type':'xml'}},'messages':[{'role':'user','content':'Hi'}]}"
                        + " | output_config.format.type",
            })
    void refuses_what_would_be_lost_and_names_the_field(String body, String field) {
        CallError error = refused(CODEC, body.replace('\'', '"'));

        assertThat(error.field()).isEqualTo(field);
        assertThat(error.status()).isEqualTo(400);
        assertThat(error.code()).isEqualTo(CallError.Code.INVALID_REQUEST);
    }

    private static Conversation read(String members) {
        return understood(CODEC, "{\"model\":\"m\",\"stream\":true,\"max_tokens\":100," + members + "}");
    }

    private static List<Part> parts(String blocks) {
        Conversation read = read("\"messages\":[{\"role\":\"assistant\",\"content\":[" + blocks + "]}]");
        assertThat(read.dropped()).isEmpty();
        return read.turns().get(0).parts();
    }

    private static Reasoning reasoning(String members) {
        return read(members + ",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]")
                .reasoning();
    }

    private static Turn said(Role role, String text) {
        return new Turn(role, List.of(new Part.Text(text)));
    }
}
