package dev.tollgate.web.relay.openai.chat;

import static dev.tollgate.web.relay.conversation.CodecCalls.streamed;
import static dev.tollgate.web.relay.conversation.CodecCalls.whole;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.relay.conversation.AnswerEvent;
import dev.tollgate.application.relay.conversation.AnswerEvent.Began;
import dev.tollgate.application.relay.conversation.AnswerEvent.Closed;
import dev.tollgate.application.relay.conversation.AnswerEvent.Finished;
import dev.tollgate.application.relay.conversation.AnswerEvent.Grew;
import dev.tollgate.application.relay.conversation.AnswerEvent.Opened;
import dev.tollgate.application.relay.conversation.AnswerEvent.Signed;
import dev.tollgate.application.relay.conversation.Block;
import dev.tollgate.application.relay.conversation.Signature;
import dev.tollgate.application.relay.conversation.StopReason;
import dev.tollgate.domain.usage.TokenClass;
import dev.tollgate.domain.usage.TokenUsage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How an answer reads as a chat completion. */
class ChatAnswerTest {
    private static final ChatCodec CODEC = new ChatCodec();
    private static final String BODY = """
            {"messages":[{"role":"user","content":"hello"}],"tools":[
             {"type":"function","function":{"name":"weather"}},{"type":"custom","custom":{"name":"patch"}}]}""";
    private static final String HEAD = "data: {\"id\":\"chatcmpl-01890a5dac96774bbcceb302099a8057\","
            + "\"object\":\"chat.completion.chunk\",\"created\":1688096058,\"model\":\"the-model\",\"choices\":[";
    private static final TokenUsage USAGE = new TokenUsage(Map.of(
            TokenClass.INPUT, 10L,
            TokenClass.CACHE_READ, 5L,
            TokenClass.CACHE_WRITE_1H, 2L,
            TokenClass.OUTPUT, 7L,
            TokenClass.REASONING, 3L));
    private static final String USAGE_JSON =
            "{\"prompt_tokens\":17,\"completion_tokens\":10,\"total_tokens\":27,\"prompt_tokens_details\":"
                    + "{\"cached_tokens\":5,\"cache_write_tokens\":2,\"audio_tokens\":0},\"completion_tokens_details\":"
                    + "{\"reasoning_tokens\":3,\"audio_tokens\":0,\"accepted_prediction_tokens\":0,"
                    + "\"rejected_prediction_tokens\":0}}";

    /** Thinking, a text, a call in pieces, a call of a tool that takes text. */
    private static final List<AnswerEvent> EVENTS = List.of(
            new Began(TokenUsage.NONE),
            new Opened(new Block.Thinking()),
            new Grew("hm"),
            new Signed(new Signature(Signature.ANTHROPIC, "sig")),
            new Closed(),
            new Opened(new Block.Text()),
            new Grew("I \u00e4sk"),
            new Grew(""),
            new Closed(),
            new Opened(new Block.ToolCall("a", "weather", new Signature(Signature.GEMINI, "g"))),
            new Closed(),
            new Opened(new Block.ToolCall("b", "patch", null)),
            new Grew("{\"input\":"),
            new Grew("\"x\\ny\"}"),
            new Closed(),
            new Finished(StopReason.TOOL_CALLS, null, USAGE));

    @Test
    void a_stream_has_one_chunk_for_each_step() {
        assertThat(streamed(CODEC, BODY, true, EVENTS))
                .isEqualTo(chunk("{\"role\":\"assistant\",\"content\":\"\"}", "null")
                        + chunk("{\"reasoning_content\":\"hm\"}", "null")
                        + chunk(
                                "{\"reasoning_details\":[{\"type\":\"reasoning.text\",\"index\":0,\"text\":\"hm\","
                                        + "\"signature\":\"sig\"}]}",
                                "null")
                        + chunk("{\"content\":\"I \u00e4sk\"}", "null")
                        + chunk(
                                "{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"type\":\"function\",\"function\":"
                                        + "{\"name\":\"weather\",\"arguments\":\"\"},\"extra_content\":{\"google\":"
                                        + "{\"thought_signature\":\"g\"}}}]}",
                                "null")
                        + chunk("{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{}\"}}]}", "null")
                        + chunk(
                                "{\"tool_calls\":[{\"index\":1,\"id\":\"b\",\"type\":\"custom\",\"custom\":"
                                        + "{\"name\":\"patch\",\"input\":\"\"}}]}",
                                "null")
                        + chunk("{\"tool_calls\":[{\"index\":1,\"custom\":{\"input\":\"x\\ny\"}}]}", "null")
                        + chunk("{}", "\"tool_calls\"")
                        + HEAD + "],\"usage\":" + USAGE_JSON + "}\n\ndata: [DONE]\n\n");
    }

    @Test
    void usage_is_told_only_to_those_who_asked() {
        String stream = streamed(CODEC, BODY, false, EVENTS);

        assertThat(stream).doesNotContain("usage").endsWith("\"finish_reason\":\"tool_calls\"}]}\n\ndata: [DONE]\n\n");
    }

    @Test
    void a_whole_answer_is_one_completion() {
        assertThat(whole(CODEC, BODY, EVENTS))
                .isEqualTo(HEAD.substring("data: ".length()).replace(".chunk", "")
                        + "{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"I \u00e4sk\",\"refusal\":null,"
                        + "\"annotations\":[],\"reasoning_content\":\"hm\",\"reasoning_details\":[{\"type\":"
                        + "\"reasoning.text\",\"index\":0,\"text\":\"hm\",\"signature\":\"sig\"}],\"tool_calls\":["
                        + "{\"id\":\"a\",\"type\":\"function\",\"function\":{\"name\":\"weather\",\"arguments\":\"{}\"},"
                        + "\"extra_content\":{\"google\":{\"thought_signature\":\"g\"}}},"
                        + "{\"id\":\"b\",\"type\":\"custom\",\"custom\":{\"name\":\"patch\",\"input\":\"x\\ny\"}}]},"
                        + "\"logprobs\":null,\"finish_reason\":\"tool_calls\"}],\"usage\":" + USAGE_JSON + "}");
    }

    @Test
    void a_caller_of_functions_gets_a_function_call() {
        String body =
                "{\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}],\"functions\":[{\"name\":\"weather\"}]}";
        List<AnswerEvent> events = List.of(
                new Began(TokenUsage.NONE),
                new Opened(new Block.ToolCall("a", "weather", null)),
                new Grew("{}"),
                new Closed(),
                new Opened(new Block.ToolCall("b", "second", null)),
                new Signed(new Signature(Signature.GEMINI, "g")),
                new Closed(),
                new Finished(StopReason.TOOL_CALLS, null, USAGE));

        assertThat(streamed(CODEC, body, false, events))
                .contains("{\"function_call\":{\"name\":\"weather\",\"arguments\":\"\"}}")
                .contains("{\"function_call\":{\"arguments\":\"{}\"}}")
                .contains("\"finish_reason\":\"function_call\"")
                .doesNotContain("second", "extra_content");
        assertThat(whole(CODEC, body, events))
                .contains("\"content\":null")
                .contains("\"function_call\":{\"name\":\"weather\",\"arguments\":\"{}\"}}");
    }

    @ParameterizedTest
    @CsvSource({
        "END,stop",
        "STOP_SEQUENCE,stop",
        "MAX_OUTPUT,length",
        "CONTEXT_FULL,length",
        "TOOL_CALLS,tool_calls",
        "REFUSED,content_filter",
        "PAUSED,length",
        "MALFORMED,length",
        "OTHER,length"
    })
    void every_stop_has_a_word(StopReason reason, String word) {
        List<AnswerEvent> events = List.of(
                new Began(TokenUsage.NONE),
                new Opened(new Block.Refusal()),
                new Grew("no"),
                new Closed(),
                new Finished(reason, null, USAGE));

        assertThat(streamed(CODEC, BODY, false, events))
                .contains("{\"refusal\":\"no\"}")
                .contains("\"finish_reason\":\"" + word + "\"");
        assertThat(whole(CODEC, BODY, events))
                .contains("\"content\":null,\"refusal\":\"no\"")
                .contains("\"finish_reason\":\"" + word + "\"");
    }

    private static String chunk(String delta, String reason) {
        return HEAD + "{\"index\":0,\"delta\":" + delta + ",\"logprobs\":null,\"finish_reason\":" + reason
                + "}],\"usage\":null}\n\n";
    }
}
