package dev.tollgate.web.relay.anthropic.messages;

import static dev.tollgate.web.relay.conversation.CodecCalls.block;
import static dev.tollgate.web.relay.conversation.CodecCalls.call;
import static dev.tollgate.web.relay.conversation.CodecCalls.streamed;
import static dev.tollgate.web.relay.conversation.CodecCalls.understood;
import static dev.tollgate.web.relay.conversation.CodecCalls.whole;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.relay.Header;
import dev.tollgate.application.relay.conversation.AnswerEvent;
import dev.tollgate.application.relay.conversation.Block;
import dev.tollgate.application.relay.conversation.Signature;
import dev.tollgate.application.relay.conversation.StopReason;
import dev.tollgate.domain.usage.TokenClass;
import dev.tollgate.domain.usage.TokenUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MessagesAnswerTest {
    private static final MessagesCodec CODEC = new MessagesCodec();
    private static final String PLAIN = "{\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
    private static final String THINKING = PLAIN.replace("{\"max", "{\"thinking\":{\"type\":\"adaptive\"},\"max");
    private static final String HIDDEN = THINKING.replace("adaptive\"", "adaptive\",\"display\":\"omitted\"");
    private static final Signature FOREIGN = new Signature(Signature.OPENAI, "enc");
    private static final TokenUsage USAGE = new TokenUsage(Map.of(
            TokenClass.INPUT, 10L,
            TokenClass.CACHE_READ, 20L,
            TokenClass.CACHE_WRITE_5M, 3L,
            TokenClass.CACHE_WRITE_1H, 4L,
            TokenClass.OUTPUT, 5L,
            TokenClass.REASONING, 6L));

    @Test
    void streams_the_events_in_strict_order() {
        List<AnswerEvent> events = answer(
                StopReason.TOOL_CALLS,
                block(new Block.Text(), "Let ", "me see."),
                block(new Block.ToolCall("call_1", "weather", null), "{\"city\":", "\"Rome\"}"));

        assertThat(streamed(CODEC, PLAIN, null, events)).isEqualTo("""
                event: message_start
                data: {"type":"message_start","message":{"id":"msg_01890a5dac96774bbcceb302099a8057","type":"message",\
                "role":"assistant","model":"the-model","content":[],"stop_reason":null,"stop_sequence":null,\
                "usage":{"input_tokens":10,"cache_creation_input_tokens":0,"cache_read_input_tokens":0,\
                "cache_creation":{"ephemeral_5m_input_tokens":0,"ephemeral_1h_input_tokens":0},"output_tokens":0}}}

                event: content_block_start
                data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

                event: content_block_delta
                data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Let "}}

                event: content_block_delta
                data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"me see."}}

                event: content_block_stop
                data: {"type":"content_block_stop","index":0}

                event: content_block_start
                data: {"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"call_1",\
                "name":"weather","input":{}}}

                event: content_block_delta
                data: {"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta",\
                "partial_json":"{\\"city\\":"}}

                event: content_block_delta
                data: {"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta",\
                "partial_json":"\\"Rome\\"}"}}

                event: content_block_stop
                data: {"type":"content_block_stop","index":1}

                event: message_delta
                data: {"type":"message_delta","delta":{"stop_reason":"tool_use","stop_sequence":null},\
                "usage":{"input_tokens":10,"cache_creation_input_tokens":7,"cache_read_input_tokens":20,\
                "cache_creation":{"ephemeral_5m_input_tokens":3,"ephemeral_1h_input_tokens":4},"output_tokens":11,\
                "output_tokens_details":{"thinking_tokens":6}}}

                event: message_stop
                data: {"type":"message_stop"}

                """);
    }

    @Test
    void tells_thinking_with_whose_signature_it_is() {
        List<AnswerEvent> thinking = new ArrayList<>(block(new Block.Thinking(), "Hm."));
        thinking.add(2, new AnswerEvent.Signed(FOREIGN));
        List<AnswerEvent> events = answer(
                StopReason.END,
                thinking,
                block(new Block.Redacted(new Signature(Signature.ANTHROPIC, "dark"))),
                block(new Block.Text(), "Yes."));

        assertThat(whole(CODEC, THINKING, events))
                .contains("\"content\":[{\"type\":\"thinking\",\"thinking\":\"Hm.\","
                        + "\"signature\":\"tollgate:openai:enc\"},{\"type\":\"redacted_thinking\",\"data\":\"dark\"},"
                        + "{\"type\":\"text\",\"text\":\"Yes.\"}],\"stop_reason\":\"end_turn\"");
        assertThat(streamed(CODEC, THINKING, null, events))
                .contains("\"delta\":{\"type\":\"thinking_delta\",\"thinking\":\"Hm.\"}")
                .contains("\"delta\":{\"type\":\"signature_delta\",\"signature\":\"tollgate:openai:enc\"}")
                .contains("\"index\":1,\"content_block\":{\"type\":\"redacted_thinking\",\"data\":\"dark\"}");
        assertThat(whole(CODEC, HIDDEN, events)).doesNotContain("Hm.").contains("tollgate:openai:enc");
        assertThat(streamed(CODEC, HIDDEN, null, events)).doesNotContain("Hm.").contains("tollgate:openai:enc");
        assertThat(whole(CODEC, PLAIN, events)).contains("\"content\":[{\"type\":\"text\",\"text\":\"Yes.\"}]");
        assertThat(streamed(CODEC, PLAIN, null, events)).contains("\"index\":0,\"content_block\":{\"type\":\"text\"");
    }

    @Test
    void puts_what_gemini_wants_back_before_the_call() {
        Signature signature = new Signature(Signature.GEMINI, "sig");
        List<AnswerEvent> events =
                answer(StopReason.TOOL_CALLS, block(new Block.ToolCall("a", "f", signature), "{\"x\":1.0}"));
        String content = "{\"type\":\"redacted_thinking\",\"data\":\"tollgate:gemini:sig\"}";

        assertThat(whole(CODEC, PLAIN, events))
                .contains(
                        "[" + content + ",{\"type\":\"tool_use\",\"id\":\"a\",\"name\":\"f\",\"input\":{\"x\":1.0}}]");
        assertThat(streamed(CODEC, PLAIN, null, events))
                .contains("\"index\":0,\"content_block\":" + content)
                .contains("\"index\":1,\"content_block\":{\"type\":\"tool_use\"");
    }

    @Test
    void says_that_the_model_declined() {
        List<AnswerEvent> events = answer(StopReason.END, block(new Block.Refusal(), "I cannot."));

        assertThat(whole(CODEC, PLAIN, events))
                .contains("\"content\":[{\"type\":\"text\",\"text\":\"I cannot.\"}],\"stop_reason\":\"refusal\"");
        assertThat(streamed(CODEC, PLAIN, null, events)).contains("\"stop_reason\":\"refusal\"");
    }

    @Test
    void has_no_empty_blocks() {
        List<AnswerEvent> events = answer(StopReason.END, block(new Block.Text(), ""), block(new Block.Thinking()));

        assertThat(whole(CODEC, THINKING, events)).contains("\"content\":[],");
        assertThat(streamed(CODEC, THINKING, null, events)).doesNotContain("content_block");
    }

    @Test
    void never_passes_unusable_output_for_a_clean_end() {
        assertThat(List.of(StopReason.values()).stream()
                        .collect(Collectors.toMap(reason -> reason, reason -> AnswerFrame.word(reason, false))))
                .isEqualTo(Map.of(
                        StopReason.END, "end_turn",
                        StopReason.STOP_SEQUENCE, "stop_sequence",
                        StopReason.MAX_OUTPUT, "max_tokens",
                        StopReason.CONTEXT_FULL, "model_context_window_exceeded",
                        StopReason.TOOL_CALLS, "tool_use",
                        StopReason.REFUSED, "refusal",
                        StopReason.PAUSED, "pause_turn",
                        StopReason.MALFORMED, "max_tokens",
                        StopReason.OTHER, "max_tokens"));
    }

    @Test
    void keeps_arguments_that_are_no_object() {
        List<AnswerEvent> events = answer(StopReason.MAX_OUTPUT, block(new Block.ToolCall("a", "f", null), "{\"x\":"));

        assertThat(whole(CODEC, PLAIN, events)).contains("\"input\":{\"malformed_arguments\":\"{\\\"x\\\":\"}");
    }

    @Test
    void says_which_form_it_has() {
        assertThat(CODEC.writer(call(PLAIN, true, null), understood(CODEC, PLAIN))
                        .headers())
                .containsExactly(new Header("content-type", "text/event-stream"));
        assertThat(CODEC.writer(call(PLAIN, false, null), understood(CODEC, PLAIN))
                        .headers())
                .containsExactly(new Header("content-type", "application/json"));
    }

    @SafeVarargs
    private static List<AnswerEvent> answer(StopReason reason, List<AnswerEvent>... blocks) {
        List<AnswerEvent> events = new ArrayList<>(List.of(new AnswerEvent.Began(TokenUsage.of(10, 0))));
        for (List<AnswerEvent> block : blocks) {
            events.addAll(block);
        }
        events.add(new AnswerEvent.Finished(reason, null, USAGE));
        return events;
    }
}
