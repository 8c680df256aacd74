package dev.tollgate.web.relay.openai.responses;

import static dev.tollgate.web.relay.conversation.CodecCalls.block;
import static dev.tollgate.web.relay.conversation.CodecCalls.streamed;
import static dev.tollgate.web.relay.conversation.CodecCalls.understood;
import static dev.tollgate.web.relay.conversation.CodecCalls.whole;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tollgate.application.relay.conversation.AnswerEvent;
import dev.tollgate.application.relay.conversation.AnswerEvent.Began;
import dev.tollgate.application.relay.conversation.AnswerEvent.Closed;
import dev.tollgate.application.relay.conversation.AnswerEvent.Finished;
import dev.tollgate.application.relay.conversation.AnswerEvent.Grew;
import dev.tollgate.application.relay.conversation.AnswerEvent.Opened;
import dev.tollgate.application.relay.conversation.AnswerEvent.Signed;
import dev.tollgate.application.relay.conversation.Block;
import dev.tollgate.application.relay.conversation.Part;
import dev.tollgate.application.relay.conversation.RawJson;
import dev.tollgate.application.relay.conversation.Signature;
import dev.tollgate.application.relay.conversation.StopReason;
import dev.tollgate.domain.usage.TokenClass;
import dev.tollgate.domain.usage.TokenUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How an answer reads as a response. */
class ResponsesAnswerTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ResponsesCodec CODEC = new ResponsesCodec();
    private static final String BODY = """
            {"input":"hello","instructions":"Be brief.","temperature":0.50,"tools":[
             {"type":"function","name":"weather","parameters":{},"strict":true},{"type":"custom","name":"patch"},
             {"type":"namespace","name":"crm","description":"d","tools":[{"type":"function","name":"find"}]}]}""";
    private static final TokenUsage USAGE = new TokenUsage(Map.of(
            TokenClass.INPUT, 10L,
            TokenClass.CACHE_READ, 5L,
            TokenClass.CACHE_WRITE_5M, 2L,
            TokenClass.OUTPUT, 7L,
            TokenClass.REASONING, 3L));
    private static final String ID = "01890a5dac96774bbcceb302099a8057";

    @Test
    void a_text_is_a_message_with_one_part() {
        assertThat(types(block(new Block.Text(), "I ", "", "ask")))
                .containsExactly(
                        "response.created",
                        "response.in_progress",
                        "response.output_item.added",
                        "response.content_part.added",
                        "response.output_text.delta",
                        "response.output_text.delta",
                        "response.output_text.done",
                        "response.content_part.done",
                        "response.output_item.done",
                        "response.completed");
    }

    @Test
    void events_are_numbered_without_gaps_and_items_keep_their_places() {
        List<JsonNode> events = events(everything());

        for (int i = 0; i < events.size(); i++) {
            assertThat(events.get(i).path("sequence_number").intValue()).isEqualTo(i);
        }
        List<JsonNode> done = events.stream()
                .filter(event -> event.path("type").asText().equals("response.output_item.done"))
                .toList();
        for (int i = 0; i < done.size(); i++) {
            assertThat(done.get(i).path("output_index").intValue()).isEqualTo(i);
        }
        assertThat(events.getLast().path("response").path("output"))
                .hasSameSizeAs(done)
                .containsExactlyElementsOf(
                        done.stream().map(event -> event.get("item")).toList());
    }

    @Test
    void a_whole_response_has_what_the_stream_ended_with() throws JsonProcessingException {
        JsonNode whole = JSON.readTree(whole(CODEC, BODY, everything()));

        assertThat(whole).isEqualTo(events(everything()).getLast().get("response"));
        assertThat(whole.path("id").asText()).isEqualTo("resp_" + ID);
        assertThat(whole.path("model").asText()).isEqualTo("the-model");
        assertThat(whole.path("instructions").asText()).isEqualTo("Be brief.");
        assertThat(whole.path("tools")).hasSize(3);
        assertThat(whole.path("usage")).isEqualTo(JSON.readTree("""
                        {"input_tokens":17,"input_tokens_details":{"cached_tokens":5,"cache_write_tokens":2},
                         "output_tokens":10,"output_tokens_details":{"reasoning_tokens":3},"total_tokens":27}"""));
    }

    @Test
    void items_are_what_the_api_calls_them() throws JsonProcessingException {
        JsonNode output = JSON.readTree(whole(CODEC, BODY, everything())).path("output");

        assertThat(output).isEqualTo(JSON.readTree("""
                [{"type":"reasoning","id":"rs_ID_0","status":"completed","summary":[{"type":"summary_text","text":"hm"}],
                  "encrypted_content":"tollgate:anthropic:sig"},
                 {"type":"reasoning","id":"rs_ID_1","status":"completed","summary":[],"encrypted_content":"dark"},
                 {"type":"message","id":"msg_ID_2","status":"completed","role":"assistant","content":[
                  {"type":"output_text","text":"I \u00e4sk","annotations":[],"logprobs":[]}]},
                 {"type":"reasoning","id":"rs_ID_3","status":"completed","summary":[],
                  "encrypted_content":"tollgate:gemini:g"},
                 {"type":"function_call","id":"fc_ID_4","status":"completed","call_id":"a","name":"weather",
                  "arguments":"{}"},
                 {"type":"custom_tool_call","id":"ctc_ID_5","status":"completed","call_id":"b","name":"patch",
                  "input":"x\\ny"},
                 {"type":"function_call","id":"fc_ID_6","status":"completed","call_id":"c","name":"find",
                  "namespace":"crm","arguments":"{\\"q\\":1}"},
                 {"type":"message","id":"msg_ID_7","status":"completed","role":"assistant","content":[
                  {"type":"refusal","refusal":"no"}]}]""".replace("ID", ID)));
    }

    @Test
    void what_was_told_can_be_sent_back() throws JsonProcessingException {
        JsonNode output = JSON.readTree(whole(CODEC, BODY, everything())).path("output");

        assertThat(understood(CODEC, "{\"input\":" + output + "}")
                        .turns()
                        .getFirst()
                        .parts())
                .containsExactly(
                        new Part.Thinking("hm", new Signature(Signature.ANTHROPIC, "sig")),
                        new Part.Redacted(new Signature(Signature.OPENAI, "dark")),
                        new Part.Text("I \u00e4sk"),
                        new Part.ToolCall("a", "weather", new RawJson("{}"), new Signature(Signature.GEMINI, "g")),
                        new Part.ToolCall("b", "patch", new RawJson("{\"input\":\"x\\ny\"}"), null),
                        new Part.ToolCall("c", "crm__find", new RawJson("{\"q\":1}"), null),
                        new Part.Refusal("no"));
    }

    @ParameterizedTest
    @CsvSource({
        "END,completed,",
        "STOP_SEQUENCE,completed,",
        "TOOL_CALLS,completed,",
        "MAX_OUTPUT,incomplete,max_output_tokens",
        "CONTEXT_FULL,incomplete,max_output_tokens",
        "REFUSED,incomplete,content_filter",
        "PAUSED,incomplete,max_output_tokens",
        "OTHER,incomplete,max_output_tokens",
        "MALFORMED,failed,"
    })
    void every_stop_has_a_status(StopReason reason, String status, String incomplete) {
        JsonNode last = events(List.of(new Began(TokenUsage.NONE), new Finished(reason, null, USAGE)))
                .getLast();

        JsonNode response = last.path("response");
        assertThat(last.path("type").asText()).isEqualTo("response." + status);
        assertThat(response.path("status").asText()).isEqualTo(status);
        assertThat(response.path("incomplete_details").path("reason").asText(null))
                .isEqualTo(incomplete);
        assertThat(response.path("error").isNull()).isEqualTo(!status.equals("failed"));
    }

    private static List<AnswerEvent> everything() {
        List<AnswerEvent> events = new ArrayList<>(List.of(
                new Began(TokenUsage.NONE),
                new Opened(new Block.Thinking()),
                new Grew("hm"),
                new Signed(new Signature(Signature.ANTHROPIC, "sig")),
                new Closed()));
        events.addAll(block(new Block.Redacted(new Signature(Signature.OPENAI, "dark"))));
        events.addAll(block(new Block.Text(), "I ", "\u00e4sk"));
        events.addAll(block(new Block.ToolCall("a", "weather", new Signature(Signature.GEMINI, "g"))));
        events.addAll(block(new Block.ToolCall("b", "patch", null), "{\"input\":", "\"x\\ny\"}"));
        events.addAll(block(new Block.ToolCall("c", "crm__find", null), "{\"q\"", ":1}"));
        events.addAll(block(new Block.Refusal(), "no"));
        events.add(new Finished(StopReason.TOOL_CALLS, null, USAGE));
        return events;
    }

    private static List<String> types(List<AnswerEvent> block) {
        List<AnswerEvent> all = new ArrayList<>(List.of(new Began(TokenUsage.NONE)));
        all.addAll(block);
        all.add(new Finished(StopReason.END, null, USAGE));
        return events(all).stream().map(event -> event.path("type").asText()).toList();
    }

    /** The data of each event; its type must be the event's own. */
    private static List<JsonNode> events(List<AnswerEvent> told) {
        List<JsonNode> events = new ArrayList<>();
        for (String event : streamed(CODEC, BODY, true, told).split("\n\n", -1)) {
            if (!event.isEmpty()) {
                String[] lines = event.split("\ndata: ", 2);
                JsonNode data = tree(lines[1]);
                assertThat(lines[0]).isEqualTo("event: " + data.path("type").asText());
                events.add(data);
            }
        }
        return events;
    }

    private static JsonNode tree(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }
}
