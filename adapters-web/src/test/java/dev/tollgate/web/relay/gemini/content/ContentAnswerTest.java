package dev.tollgate.web.relay.gemini.content;

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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ContentAnswerTest {
    private static final ContentCodec CODEC = new ContentCodec();
    private static final String PLAIN = "{\"contents\":[{\"parts\":[{\"text\":\"Hi\"}]}]}";
    private static final String SHOWN =
            PLAIN.replace("]}]}", "]}],\"generationConfig\":{\"thinkingConfig\":{\"includeThoughts\":true}}}");
    private static final String TAIL =
            "\"modelVersion\":\"the-model\",\"responseId\":\"01890a5dac96774bbcceb302099a8057\"}";
    private static final Signature FOREIGN = new Signature(Signature.ANTHROPIC, "s");
    private static final TokenUsage USAGE = new TokenUsage(Map.of(
            TokenClass.INPUT, 10L,
            TokenClass.CACHE_READ, 20L,
            TokenClass.CACHE_WRITE_5M, 3L,
            TokenClass.OUTPUT, 5L,
            TokenClass.REASONING, 6L));

    @Test
    void streams_whole_responses() {
        List<AnswerEvent> events = answer(
                StopReason.TOOL_CALLS,
                block(new Block.Text(), "Let ", "me see."),
                block(new Block.ToolCall("call_1", "weather", null), "{\"city\":", "\"Rome\"}"));
        String soFar = "\"usageMetadata\":{\"promptTokenCount\":10,\"candidatesTokenCount\":0,\"totalTokenCount\":10},";
        String used = "\"usageMetadata\":{\"promptTokenCount\":33,\"cachedContentTokenCount\":20,"
                + "\"candidatesTokenCount\":5,\"thoughtsTokenCount\":6,\"totalTokenCount\":44},";
        List<String> responses = List.of(
                response("{\"text\":\"Let \"}", "", soFar),
                response("{\"text\":\"me see.\"}", "", soFar),
                response(
                        "{\"functionCall\":{\"id\":\"call_1\",\"name\":\"weather\",\"args\":{\"city\":\"Rome\"}}}",
                        "",
                        soFar),
                response("{\"text\":\"\"}", "\"finishReason\":\"STOP\",", used));

        assertThat(streamed(CODEC, PLAIN, "alt=sse", events))
                .isEqualTo(responses.stream()
                        .map(response -> "data: " + response + "\r\n\r\n")
                        .collect(Collectors.joining()));
        assertThat(streamed(CODEC, PLAIN, null, events)).isEqualTo("[" + String.join(",\r\n", responses) + "]");
    }

    @Test
    void shows_thoughts_to_those_who_asked() {
        List<AnswerEvent> thinking = new ArrayList<>(block(new Block.Thinking(), "Hm."));
        thinking.add(2, new AnswerEvent.Signed(FOREIGN));
        List<AnswerEvent> events = answer(StopReason.END, thinking, block(new Block.Text(), "Yes."));
        String signature = new ThoughtSignature(FOREIGN, false).told();

        assertThat(whole(CODEC, SHOWN, events))
                .contains("\"parts\":[{\"text\":\"Hm.\",\"thought\":true,\"thoughtSignature\":\"" + signature
                        + "\"},{\"text\":\"Yes.\"}]");
        assertThat(streamed(CODEC, SHOWN, "alt=sse", events))
                .contains("{\"text\":\"Hm.\",\"thought\":true}")
                .contains("{\"text\":\"\",\"thought\":true,\"thoughtSignature\":\"" + signature + "\"}");
        assertThat(whole(CODEC, PLAIN, events)).contains("\"parts\":[{\"text\":\"Yes.\"}]");
        assertThat(streamed(CODEC, PLAIN, "alt=sse", events)).doesNotContain("thought\"");
    }

    @Test
    void gives_every_caller_what_its_provider_wants_back() {
        Signature own = new Signature(Signature.GEMINI, "c2ln");
        List<AnswerEvent> unworded = new ArrayList<>(block(new Block.Thinking()));
        unworded.add(1, new AnswerEvent.Signed(FOREIGN));
        List<AnswerEvent> events = answer(
                StopReason.TOOL_CALLS,
                unworded,
                block(new Block.Redacted(FOREIGN)),
                block(new Block.ToolCall("a", "f", own), "{}"));

        for (String told : List.of(whole(CODEC, PLAIN, events), streamed(CODEC, PLAIN, null, events))) {
            assertThat(told)
                    .contains("\"thought\":true,\"thoughtSignature\":\"" + new ThoughtSignature(FOREIGN, false).told())
                    .contains("\"thought\":true,\"thoughtSignature\":\"" + new ThoughtSignature(FOREIGN, true).told())
                    .contains("\"args\":{}},\"thoughtSignature\":\"c2ln\"}");
        }
    }

    @Test
    void says_that_the_model_declined() {
        List<AnswerEvent> events = answer(StopReason.END, block(new Block.Refusal(), "I cannot."));

        assertThat(whole(CODEC, PLAIN, events)).contains("{\"text\":\"I cannot.\"}", "\"finishReason\":\"SAFETY\"");
        assertThat(streamed(CODEC, PLAIN, null, events))
                .contains("{\"text\":\"I cannot.\"}", "\"finishReason\":\"SAFETY\"");
    }

    @Test
    void never_passes_unusable_output_for_a_clean_end() {
        assertThat(Stream.of(StopReason.values())
                        .collect(Collectors.toMap(reason -> reason, reason -> ResponseFrame.word(reason, false))))
                .isEqualTo(Map.of(
                        StopReason.END, "STOP",
                        StopReason.STOP_SEQUENCE, "STOP",
                        StopReason.MAX_OUTPUT, "MAX_TOKENS",
                        StopReason.CONTEXT_FULL, "MAX_TOKENS",
                        StopReason.TOOL_CALLS, "STOP",
                        StopReason.REFUSED, "SAFETY",
                        StopReason.PAUSED, "OTHER",
                        StopReason.MALFORMED, "MALFORMED_FUNCTION_CALL",
                        StopReason.OTHER, "OTHER"));
    }

    @Test
    void says_which_form_it_has() {
        assertThat(contentType(true, "x=1&alt=sse")).isEqualTo("text/event-stream");
        assertThat(contentType(true, "%24alt=sse")).isEqualTo("text/event-stream");
        assertThat(contentType(true, "alt=json")).isEqualTo("application/json");
        assertThat(contentType(true, null)).isEqualTo("application/json");
        assertThat(contentType(false, null)).isEqualTo("application/json");
    }

    private static String contentType(boolean stream, @Nullable String query) {
        List<Header> headers = CODEC.writer(call(PLAIN, stream, query), understood(CODEC, PLAIN))
                .headers();
        assertThat(headers).hasSize(1).allMatch(header -> header.isNamed("content-type"));
        return headers.get(0).value();
    }

    private static String response(String part, String finish, String usage) {
        return "{\"candidates\":[{\"content\":{\"parts\":[" + part + "],\"role\":\"model\"}," + finish
                + "\"index\":0}]," + usage + TAIL;
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
