package dev.tollgate.web.relay.openai.sdk;

import static dev.tollgate.web.relay.conversation.CodecCalls.block;
import static dev.tollgate.web.relay.conversation.CodecCalls.streamed;
import static dev.tollgate.web.relay.conversation.CodecCalls.whole;
import static org.assertj.core.api.Assertions.assertThat;

import com.openai.core.ObjectMappers;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionMessage;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseStreamEvent;
import dev.tollgate.application.relay.conversation.AnswerEvent;
import dev.tollgate.application.relay.conversation.Block;
import dev.tollgate.application.relay.conversation.Signature;
import dev.tollgate.application.relay.conversation.StopReason;
import dev.tollgate.domain.usage.TokenUsage;
import dev.tollgate.web.relay.openai.chat.ChatCodec;
import dev.tollgate.web.relay.openai.responses.ResponsesCodec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The official SDK puts together what the codecs tell, and finds every member it demands. */
class OpenAiAccumulatorsTest {
    private static final ChatCodec CHAT = new ChatCodec();
    private static final ResponsesCodec RESPONSES = new ResponsesCodec();
    private static final String CHAT_BODY = "{\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";
    private static final String RESPONSES_BODY = """
            {"input":"hello","reasoning":{"effort":"low","summary":"auto"},"tools":[{"type":"custom","name":"patch"},
             {"type":"function","name":"weather","parameters":{"type":"object"},"strict":false}]}""";

    @Test
    void the_chat_accumulator_takes_every_chunk() throws IOException {
        ChatCompletionAccumulator accumulator = ChatCompletionAccumulator.create();
        for (String data : data(streamed(CHAT, CHAT_BODY, true, answer()))) {
            if (!data.equals("[DONE]")) {
                accumulator.accumulate(read(data, ChatCompletionChunk.class).validate());
            }
        }

        ChatCompletionMessage message =
                accumulator.chatCompletion().validate().choices().getFirst().message();
        assertThat(message.content()).contains("I ask");
        assertThat(message.toolCalls().orElseThrow()).hasSize(2);
        assertThat(message.toolCalls()
                        .orElseThrow()
                        .getLast()
                        .asFunction()
                        .function()
                        .arguments())
                .isEqualTo("{\"q\":1}");
        assertThat(accumulator.chatCompletion().usage().orElseThrow().totalTokens())
                .isEqualTo(3);
    }

    @Test
    void a_whole_completion_is_valid() throws IOException {
        ChatCompletion completion =
                read(whole(CHAT, CHAT_BODY, answer()), ChatCompletion.class).validate();

        assertThat(completion.choices().getFirst().message().content()).contains("I ask");
        assertThat(completion.choices().getFirst().finishReason())
                .isEqualTo(ChatCompletion.Choice.FinishReason.TOOL_CALLS);
    }

    @Test
    void the_response_accumulator_takes_every_event() throws IOException {
        ResponseAccumulator accumulator = ResponseAccumulator.createWithSnapshots();
        for (String data : data(streamed(RESPONSES, RESPONSES_BODY, true, answer()))) {
            accumulator.accumulate(read(data, ResponseStreamEvent.class).validate());
        }

        assertThat(accumulator.response().validate().output()).hasSize(6);
        assertThat(accumulator.reconstructedResponse().output())
                .isEqualTo(accumulator.response().output());
    }

    @Test
    void a_whole_response_is_valid() throws IOException {
        Response response =
                read(whole(RESPONSES, RESPONSES_BODY, answer()), Response.class).validate();

        assertThat(response.usage().orElseThrow().totalTokens()).isEqualTo(3);
        assertThat(response.output().get(4).customToolCall().orElseThrow().input())
                .isEqualTo("x");
        assertThat(response.isValid()).isTrue();
    }

    private static List<AnswerEvent> answer() {
        List<AnswerEvent> events = new ArrayList<>(List.of(new AnswerEvent.Began(TokenUsage.NONE)));
        events.addAll(block(new Block.Thinking(), "h", "m"));
        events.addAll(block(new Block.Redacted(new Signature(Signature.ANTHROPIC, "dark"))));
        events.addAll(block(new Block.Text(), "I ", "ask"));
        events.addAll(block(new Block.Refusal(), "no"));
        events.addAll(block(new Block.ToolCall("a", "patch", null), "{\"input\":", "\"x\"}"));
        events.addAll(block(new Block.ToolCall("b", "weather", null), "{\"q\"", ":1}"));
        events.add(new AnswerEvent.Finished(StopReason.TOOL_CALLS, null, TokenUsage.of(1, 2)));
        return events;
    }

    private static List<String> data(String stream) {
        return Arrays.stream(stream.split("\n", -1))
                .filter(line -> line.startsWith("data: "))
                .map(line -> line.substring("data: ".length()))
                .toList();
    }

    private static <T> T read(String json, Class<T> type) throws IOException {
        return ObjectMappers.jsonMapper().readValue(json, type);
    }
}
