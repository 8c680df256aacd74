package dev.tollgate.bootstrap.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.core.JsonValue;
import com.anthropic.core.ObjectMappers;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.ContentBlock;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.StopReason;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.tollgate.web.relay.anthropic.messages.MessagesCodec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the official Anthropic SDK makes of another platform's answer. */
class ToldMessagesTest {
    private static final String REQUEST = "{\"max_tokens\":9,\"thinking\":{\"type\":\"adaptive\"},"
            + "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

    @Test
    void reads_a_whole_answer() throws JsonProcessingException {
        String told = ToldAnswers.whole(new MessagesCodec(), REQUEST);

        check(ObjectMappers.jsonMapper().readValue(told, Message.class).validate());
    }

    @Test
    void accumulates_a_streamed_answer() throws JsonProcessingException {
        MessageAccumulator accumulator = MessageAccumulator.create();
        for (String data : ToldAnswers.streamed(new MessagesCodec(), REQUEST)) {
            accumulator.accumulate(ObjectMappers.jsonMapper()
                    .readValue(data, RawMessageStreamEvent.class)
                    .validate());
        }

        check(accumulator.message());
    }

    private static void check(Message message) {
        List<ContentBlock> content = message.content();
        assertThat(content).hasSize(5);
        assertThat(content.get(0).asThinking().thinking()).isEqualTo("Hm.");
        assertThat(content.get(0).asThinking().signature()).isEqualTo("tollgate:openai:enc");
        assertThat(content.get(1).asRedactedThinking().data()).isEqualTo("tollgate:openai:dark");
        assertThat(content.get(2).asText().text()).isEqualTo("Let me see.");
        assertThat(content.get(3).asToolUse()._input()).isEqualTo(JsonValue.from(Map.of("city", "Rome")));
        assertThat(content.get(4).asToolUse().id()).matches("[a-zA-Z0-9_-]+");
        assertThat(content.get(4).asToolUse()._input()).isEqualTo(JsonValue.from(Map.of()));
        assertThat(message.stopReason()).contains(StopReason.TOOL_USE);
        assertThat(message.usage().inputTokens()).isEqualTo(10);
        assertThat(message.usage().cacheReadInputTokens()).contains(20L);
        assertThat(message.usage().cacheCreationInputTokens()).contains(3L);
        assertThat(message.usage().outputTokens()).isEqualTo(11);
    }
}
