package dev.tollgate.upstream.bedrock.conversation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.relay.conversation.AnswerEvent;
import dev.tollgate.application.relay.conversation.Block;
import dev.tollgate.application.relay.conversation.Conversation;
import dev.tollgate.application.relay.conversation.Signature;
import dev.tollgate.application.relay.conversation.StopReason;
import dev.tollgate.upstream.Calls;
import dev.tollgate.upstream.conversation.AnswerReader;
import dev.tollgate.upstream.conversation.Asked;
import dev.tollgate.upstream.conversation.FetchImages;
import dev.tollgate.upstream.http.StreamEvent;
import dev.tollgate.upstream.http.UpstreamHttp;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConverseReaderTest {
    private static final UpstreamHttp HTTP = Calls.http();
    private static final Conversation TOOLS = Asked.of("m", Asked.user("Hello"))
            .tools(Asked.function("get.weather"))
            .conversation();
    private static final TargetModel CLAUDE = TargetModel.of("anthropic.claude-sonnet-4-5-20250929-v1:0", "");
    private static final TargetModel NOVA = TargetModel.of("amazon.nova-lite-v1:0", "");

    private final List<AnswerEvent> events = new ArrayList<>();

    @AfterAll
    static void close() {
        HTTP.close();
    }

    @Test
    void thoughts_texts_and_calls_open_by_themselves_and_never_two_at_once() {
        AnswerReader reader = reader(CLAUDE);
        read(reader, "messageStart", "{\"role\":\"assistant\"}");
        delta(reader, 0, "{\"reasoningContent\":{\"text\":\"Let me\"}}");
        delta(reader, 0, "{\"reasoningContent\":{\"text\":\" see\"}}");
        delta(reader, 0, "{\"reasoningContent\":{\"signature\":\"c2ln\"}}");
        stop(reader, 0);
        delta(reader, 1, "{\"text\":\"Looking\"}");
        stop(reader, 1);
        call(reader, 2, "t1", "");
        delta(reader, 2, "{\"toolUse\":{\"input\":\"{\\\"city\\\":\"}}");
        delta(reader, 2, "{\"toolUse\":{\"input\":\"\\\"Paris\\\"}\"}}");
        stop(reader, 2);
        call(reader, 3, "t2", "");
        stop(reader, 3);
        read(reader, "messageStop", "{\"stopReason\":\"tool_use\"}");
        reader.end(events::add);

        assertThat(events)
                .containsExactly(
                        new AnswerEvent.Opened(new Block.Thinking()),
                        new AnswerEvent.Grew("Let me"),
                        new AnswerEvent.Grew(" see"),
                        new AnswerEvent.Signed(new Signature(Signature.ANTHROPIC, "c2ln")),
                        new AnswerEvent.Closed(),
                        new AnswerEvent.Opened(new Block.Text()),
                        new AnswerEvent.Grew("Looking"),
                        new AnswerEvent.Closed(),
                        new AnswerEvent.Opened(new Block.ToolCall("t1", "get.weather", null)),
                        new AnswerEvent.Grew("{\"city\":"),
                        new AnswerEvent.Grew("\"Paris\"}"),
                        new AnswerEvent.Closed(),
                        new AnswerEvent.Opened(new Block.ToolCall("t2", "get.weather", null)),
                        new AnswerEvent.Grew("{}"),
                        new AnswerEvent.Closed());
        assertThat(reader.stop().reason()).isEqualTo(StopReason.TOOL_CALLS);
    }

    @Test
    void a_block_ends_where_the_next_number_begins_even_if_nobody_says_so() {
        AnswerReader reader = reader(NOVA);
        delta(reader, 0, "{\"text\":\"a\"}");
        delta(reader, 1, "{\"text\":\"b\"}");
        reader.end(events::add);

        assertThat(events)
                .containsExactly(
                        new AnswerEvent.Opened(new Block.Text()),
                        new AnswerEvent.Grew("a"),
                        new AnswerEvent.Closed(),
                        new AnswerEvent.Opened(new Block.Text()),
                        new AnswerEvent.Grew("b"),
                        new AnswerEvent.Closed());
    }

    @Test
    void the_providers_own_tools_are_not_for_the_caller() {
        AnswerReader reader = reader(NOVA);
        call(reader, 0, "s1", ",\"type\":\"server_tool_use\"");
        delta(reader, 0, "{\"toolUse\":{\"input\":\"{}\"}}");
        stop(reader, 0);
        read(
                reader,
                "contentBlockStart",
                "{\"contentBlockIndex\":1,\"start\":{\"toolResult\":{\"toolUseId\":\"s1\"}}}");
        delta(reader, 1, "{\"toolResult\":[{\"text\":\"hidden\"}]}");
        stop(reader, 1);
        reader.end(events::add);

        assertThat(events).isEmpty();
    }

    @Test
    void a_thought_nobody_can_read_is_told_whole() {
        AnswerReader reader = reader(CLAUDE);
        delta(reader, 0, "{\"reasoningContent\":{\"redactedContent\":\"abc\"}}");
        delta(reader, 0, "{\"reasoningContent\":{\"redactedContent\":\"def\"}}");
        stop(reader, 0);

        assertThat(events)
                .containsExactly(
                        new AnswerEvent.Opened(new Block.Redacted(new Signature(Signature.ANTHROPIC, "abcdef"))),
                        new AnswerEvent.Closed());
    }

    @Test
    void only_claude_wants_its_signature_back() {
        AnswerReader reader = reader(NOVA);
        delta(reader, 0, "{\"reasoningContent\":{\"text\":\"x\"}}");
        delta(reader, 0, "{\"reasoningContent\":{\"signature\":\"c2ln\"}}");
        reader.end(events::add);

        assertThat(events).noneMatch(AnswerEvent.Signed.class::isInstance);
    }

    @Test
    void a_whole_answer_is_told_block_by_block() {
        AnswerReader reader = reader(CLAUDE);
        String body = "{\"output\":{\"message\":{\"role\":\"assistant\",\"content\":["
                + "{\"reasoningContent\":{\"reasoningText\":{\"text\":\"Hm\",\"signature\":\"c2ln\"}}},"
                + "{\"reasoningContent\":{\"redactedContent\":\"abc\"}},"
                + "{\"citationsContent\":{\"content\":[{\"text\":\"Cited\"}],\"citations\":[]}},"
                + "{\"toolUse\":{\"toolUseId\":\"t1\",\"name\":\"get_weather\",\"input\":{\"t\":1.50}}}]}},"
                + "\"stopReason\":\"stop_sequence\",\"additionalModelResponseFields\":{\"stop_sequence\":\"END\"}}";
        reader.whole(body.getBytes(UTF_8), events::add);

        assertThat(events)
                .containsExactly(
                        new AnswerEvent.Opened(new Block.Thinking()),
                        new AnswerEvent.Grew("Hm"),
                        new AnswerEvent.Signed(new Signature(Signature.ANTHROPIC, "c2ln")),
                        new AnswerEvent.Closed(),
                        new AnswerEvent.Opened(new Block.Redacted(new Signature(Signature.ANTHROPIC, "abc"))),
                        new AnswerEvent.Closed(),
                        new AnswerEvent.Opened(new Block.Text()),
                        new AnswerEvent.Grew("Cited"),
                        new AnswerEvent.Closed(),
                        new AnswerEvent.Opened(new Block.ToolCall("t1", "get.weather", null)),
                        new AnswerEvent.Grew("{\"t\":1.50}"),
                        new AnswerEvent.Closed());
        assertThat(reader.stop()).isEqualTo(new AnswerReader.Stop(StopReason.STOP_SEQUENCE, "END"));
    }

    @ParameterizedTest
    @CsvSource({
        "end_turn,END",
        "stop_sequence,STOP_SEQUENCE",
        "max_tokens,MAX_OUTPUT",
        "model_context_window_exceeded,CONTEXT_FULL",
        "tool_use,TOOL_CALLS",
        "content_filtered,REFUSED",
        "guardrail_intervened,REFUSED",
        "malformed_model_output,MALFORMED",
        "malformed_tool_use,MALFORMED",
        "something_new,OTHER"
    })
    void every_reason_has_its_meaning(String told, StopReason meant) {
        AnswerReader reader = reader(NOVA);
        read(reader, "messageStop", "{\"stopReason\":\"" + told + "\"}");

        assertThat(reader.stop().reason()).isEqualTo(meant);
    }

    private static AnswerReader reader(TargetModel model) {
        return new BedrockPlatformCodec(model, new FetchImages(HTTP)).reader(TOOLS);
    }

    private void call(AnswerReader reader, int index, String id, String more) {
        read(
                reader,
                "contentBlockStart",
                "{\"contentBlockIndex\":" + index + ",\"start\":{\"toolUse\":{\"toolUseId\":\"" + id
                        + "\",\"name\":\"get_weather\"" + more + "}}}");
    }

    private void delta(AnswerReader reader, int index, String delta) {
        read(reader, "contentBlockDelta", "{\"contentBlockIndex\":" + index + ",\"delta\":" + delta + ",\"p\":\"ab\"}");
    }

    private void stop(AnswerReader reader, int index) {
        read(reader, "contentBlockStop", "{\"contentBlockIndex\":" + index + "}");
    }

    private void read(AnswerReader reader, String name, String json) {
        StreamEvent event = new StreamEvent();
        byte[] data = json.getBytes(UTF_8);
        event.take(name.getBytes(UTF_8), data, 0, data.length);
        reader.event(event, events::add);
    }
}
