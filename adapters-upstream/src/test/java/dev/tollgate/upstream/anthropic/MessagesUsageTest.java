package dev.tollgate.upstream.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.relay.Metered;
import dev.tollgate.domain.usage.Served;
import dev.tollgate.domain.usage.TokenClass;
import dev.tollgate.domain.usage.TokenUsage;
import dev.tollgate.domain.usage.Usage;
import dev.tollgate.domain.usage.UsagePart;
import dev.tollgate.domain.usage.UsageReport;
import dev.tollgate.upstream.Calls;
import dev.tollgate.upstream.http.AnswerCodec;
import dev.tollgate.upstream.http.StreamEvent;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesUsageTest {
    private static final String START = "{\"type\":\"message_start\",\"message\":{\"usage\":{\"input_tokens\":100,"
            + "\"cache_read_input_tokens\":50,\"cache_creation_input_tokens\":30,"
            + "\"cache_creation\":{\"ephemeral_5m_input_tokens\":10,\"ephemeral_1h_input_tokens\":20},"
            + "\"output_tokens\":3,\"service_tier\":\"priority\",\"inference_geo\":\"us\"}}}";
    private static final String TEXT = "{\"type\":\"content_block_delta\",\"delta\":{\"text\":\"Hello there\"}}";

    @Test
    void the_end_overrides_the_start_member_by_member() {
        Usage usage = reported(
                START,
                TEXT,
                delta("{\"output_tokens\":40,\"input_tokens\":120,"
                        + "\"cache_read_input_tokens\":0,\"cache_creation_input_tokens\":null,"
                        + "\"server_tool_use\":{\"web_search_requests\":2}}"));

        assertThat(usage.tokens())
                .isEqualTo(new TokenUsage(Map.of(
                        TokenClass.INPUT, 120L,
                        TokenClass.CACHE_WRITE_5M, 10L,
                        TokenClass.CACHE_WRITE_1H, 20L,
                        TokenClass.OUTPUT, 40L)));
        assertThat(usage.units().tools()).isEqualTo(Map.of("web_search", 2L));
        assertThat(usage.served()).isEqualTo(new Served("priority", null, "us"));
    }

    @Test
    void a_sum_of_cache_writes_that_grew_past_its_split_was_written_for_five_minutes() {
        Usage usage = reported(START, delta("{\"output_tokens\":4,\"cache_creation_input_tokens\":45}"));

        assertThat(usage.tokens().of(TokenClass.CACHE_WRITE_5M)).isEqualTo(25);
        assertThat(usage.tokens().of(TokenClass.CACHE_WRITE_1H)).isEqualTo(20);
    }

    @Test
    void iterations_are_what_was_spent_each_by_its_own_model() {
        Usage usage = reported(
                START,
                delta("{\"output_tokens\":5,\"iterations\":["
                        + "{\"type\":\"compaction\",\"input_tokens\":1000,\"output_tokens\":10},"
                        + "{\"type\":\"advisor_message\",\"model\":\"claude-opus-4-8\",\"input_tokens\":7,\"output_tokens\":2},"
                        + "{\"type\":\"message\",\"model\":\"claude-x\",\"input_tokens\":9,\"output_tokens\":5}]}"));

        assertThat(usage.parts())
                .containsExactly(
                        new UsagePart(null, TokenUsage.of(1000, 10)),
                        new UsagePart("claude-opus-4-8", TokenUsage.of(7, 2)),
                        new UsagePart("claude-x", TokenUsage.of(9, 5)));
    }

    @Test
    void thinking_is_part_of_the_output() {
        Usage usage =
                reported(START, delta("{\"output_tokens\":40,\"output_tokens_details\":{\"thinking_tokens\":25}}"));

        assertThat(usage.tokens().of(TokenClass.OUTPUT)).isEqualTo(15);
        assertThat(usage.tokens().of(TokenClass.REASONING)).isEqualTo(25);
    }

    @Test
    void a_stream_that_broke_is_charged_by_what_its_start_told_and_the_words_there_were() {
        AnswerCodec codec = codec();
        feed(codec, START, TEXT);

        assertThat(codec.streamed(false).report()).isInstanceOfSatisfying(UsageReport.Partial.class, partial -> {
            assertThat(partial.usage().tokens().cacheRead()).isEqualTo(50);
            assertThat(partial.usage().tokens().input()).isEqualTo(100);
            assertThat(partial.usage().tokens().output()).isEqualTo(5);
        });
        assertThat(codec.progress().input()).isEqualTo(100);
        assertThat(codec.isUsageKnown()).isFalse();
    }

    @Test
    void output_that_falls_is_nonsense() {
        AnswerCodec codec = codec();
        feed(codec, START, TEXT, delta("{\"output_tokens\":40}"), delta("{\"output_tokens\":4}"));

        assertThat(codec.streamed(true).flags()).containsExactly("usage_nonsense");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"input_tokens\":-1,\"output_tokens\":2}",
                "{\"input_tokens\":1e308,\"output_tokens\":2}",
                "{\"input_tokens\":\"12\",\"output_tokens\":2}",
                "{\"input_tokens\":0,\"output_tokens\":2}",
                "{\"input_tokens\":5,\"output_tokens\":0}",
                "{\"input_tokens\":10000001,\"output_tokens\":2}"
            })
    void nonsense_is_flagged_and_counted_here(String usage) {
        Metered metered =
                codec().whole(("{\"content\":[{\"text\":\"Hello there\"}],\"usage\":" + usage + "}").getBytes(UTF_8));

        assertThat(metered.flags()).containsExactly("usage_nonsense");
        assertThat(metered.report())
                .isInstanceOfSatisfying(
                        UsageReport.Estimated.class,
                        estimated ->
                                assertThat(estimated.usage().tokens().output()).isEqualTo(5));
    }

    @Test
    void an_answer_without_words_may_have_no_output() {
        Metered metered =
                codec().whole("{\"content\":[],\"usage\":{\"input_tokens\":5,\"output_tokens\":0}}".getBytes(UTF_8));

        assertThat(metered.report()).isInstanceOf(UsageReport.Reported.class);
    }

    private static Usage reported(String... events) {
        AnswerCodec codec = codec();
        feed(codec, events);
        return ((UsageReport.Reported) codec.streamed(true).report()).usage();
    }

    private static String delta(String usage) {
        return "{\"type\":\"message_delta\",\"usage\":" + usage + "}";
    }

    private static void feed(AnswerCodec codec, String... events) {
        for (String json : events) {
            byte[] bytes = ("data: " + json + "\n\n").getBytes(UTF_8);
            StreamEvent event = new StreamEvent();
            event.read(bytes, 0, bytes.length);
            assertThat(codec.read(event)).isEqualTo(AnswerCodec.Verdict.FORWARD);
        }
    }

    private static AnswerCodec codec() {
        return AnthropicUpstream.codec(
                Calls.messages("http://localhost").streamed().request(), InstantSource.system());
    }
}
