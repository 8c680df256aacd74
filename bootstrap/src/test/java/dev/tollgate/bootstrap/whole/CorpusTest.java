package dev.tollgate.bootstrap.whole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.bootstrap.server.WholeServer;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every recorded exchange through the whole server: the bytes, the token classes, the cost. */
class CorpusTest {
    private static final List<Recording> RECORDINGS = Recording.all();

    @RegisterExtension
    static final WholeServer SERVER = new WholeServer();

    private static CorpusReplay replay;

    @BeforeAll
    static void set_up() {
        replay = new CorpusReplay(SERVER);
    }

    @AfterAll
    static void forget() {
        replay = null;
    }

    @Test
    void the_corpus_is_there() {
        Assumptions.assumeFalse(
                RECORDINGS.isEmpty(), "skipped: no corpus (set TOLLGATE_CORPUS to the folder of recordings)");
        assertThat(RECORDINGS.stream().filter(each -> CorpusExceptions.reason(each) == null))
                .hasSizeGreaterThan(220);
    }

    @TestFactory
    Stream<DynamicTest> openai_is_relayed_and_billed_as_recorded() {
        return replayed("openai");
    }

    @TestFactory
    Stream<DynamicTest> azure_is_relayed_and_billed_as_recorded() {
        return replayed("azure-openai");
    }

    @TestFactory
    Stream<DynamicTest> anthropic_is_relayed_and_billed_as_recorded() {
        return replayed("anthropic", "anthropic-oauth");
    }

    @TestFactory
    Stream<DynamicTest> gemini_is_relayed_and_billed_as_recorded() {
        return replayed("gemini", "vertex");
    }

    @TestFactory
    Stream<DynamicTest> bedrock_is_relayed_and_billed_as_recorded() {
        return replayed("bedrock");
    }

    @TestFactory
    Stream<DynamicTest> is_told_as_a_chat_completion_and_billed_as_recorded() {
        return told("chat", "messages", "generateContent", "streamGenerateContent");
    }

    @TestFactory
    Stream<DynamicTest> is_told_as_a_message_and_billed_as_recorded() {
        return told("messages", "chat_completions", "generateContent", "streamGenerateContent");
    }

    @TestFactory
    Stream<DynamicTest> is_told_as_a_response_and_billed_as_recorded() {
        return told("responses", "messages", "generateContent", "streamGenerateContent", "converse", "converse_stream");
    }

    @TestFactory
    Stream<DynamicTest> is_told_as_generated_content_and_billed_as_recorded() {
        return told("generate_content", "chat_completions", "messages", "converse", "converse_stream");
    }

    private static Stream<DynamicTest> replayed(String... platforms) {
        List<Recording> wanted = RECORDINGS.stream()
                .filter(recording -> Set.of(platforms).contains(recording.platform()))
                .filter(recording -> CorpusExceptions.reason(recording) == null)
                .toList();
        return replay.all(wanted, UnaryOperator.identity());
    }

    /** What these APIs answered, to a caller of another dialect. */
    private static Stream<DynamicTest> told(String dialect, String... apis) {
        List<Recording> wanted = RECORDINGS.stream()
                .filter(recording -> Set.of(apis).contains(recording.api()))
                .filter(recording -> CorpusExceptions.reason(recording) == null)
                .toList();
        return wanted.stream().map(Recording::stream).distinct().sorted().flatMap(stream -> {
            List<Recording> alike = wanted.stream()
                    .filter(recording -> recording.stream() == stream)
                    .toList();
            return replay.all(alike, call -> call.spoken(dialect, stream));
        });
    }
}
