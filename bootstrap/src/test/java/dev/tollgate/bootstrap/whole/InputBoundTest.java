package dev.tollgate.bootstrap.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tollgate.application.relay.CallBounds;
import dev.tollgate.web.relay.BodyReading;
import dev.tollgate.web.relay.Dialect;
import dev.tollgate.web.relay.anthropic.MessagesDialect;
import dev.tollgate.web.relay.openai.ChatDialect;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Whatever providers were seen to bill, what was read from the request before it was sent bounds it. */
class InputBoundTest {
    private static final List<Recording> RECORDINGS = Recording.all(
                    Set.of("openai", "azure-openai", "anthropic", "bedrock", "gemini"),
                    Set.of("chat_completions", "messages"))
            .stream()
            .filter(recording -> recording.usage() != null
                    && recording.kept().at("/request/body").isObject())
            .toList();

    @Test
    void the_corpus_is_there() {
        Assumptions.assumeFalse(
                RECORDINGS.isEmpty(), "skipped: no corpus (set TOLLGATE_CORPUS to the folder of recordings)");
        assertThat(RECORDINGS).hasSizeGreaterThan(40);
    }

    @TestFactory
    Stream<DynamicTest> bounds_what_was_billed() {
        return RECORDINGS.stream().map(recording -> DynamicTest.dynamicTest(recording.id(), () -> check(recording)));
    }

    private static void check(Recording recording) {
        boolean isMessages = recording.api().equals("messages");
        Dialect dialect = isMessages ? new MessagesDialect() : new ChatDialect();
        JsonNode usage = recording.usage();
        assertThat(usage).isNotNull();
        BodyReading reading = dialect.read(recording.request().getBytes(StandardCharsets.UTF_8));
        assertThat(reading).isInstanceOf(BodyReading.Read.class);
        CallBounds bounds = ((BodyReading.Read) reading).body().bounds();
        if (bounds.input() != null) {
            assertThat(bounds.input()).isGreaterThanOrEqualTo(isMessages ? messagesInput(usage) : chatInput(usage));
        }
        if (bounds.output() != null) {
            String name = isMessages ? "output_tokens" : "completion_tokens";
            assertThat(bounds.output() * bounds.choices())
                    .isGreaterThanOrEqualTo(usage.path(name).asLong());
        }
    }

    private static long chatInput(JsonNode usage) {
        return usage.path("prompt_tokens").asLong();
    }

    private static long messagesInput(JsonNode usage) {
        return usage.path("input_tokens").asLong()
                + usage.path("cache_creation_input_tokens").asLong()
                + usage.path("cache_read_input_tokens").asLong();
    }
}
