package dev.tollgate.upstream.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.relay.Metered;
import dev.tollgate.domain.account.Fault;
import dev.tollgate.domain.usage.Served;
import dev.tollgate.domain.usage.TokenClass;
import dev.tollgate.domain.usage.TokenUsage;
import dev.tollgate.domain.usage.UsageReport;
import dev.tollgate.upstream.http.AnswerCodec.Verdict;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResponsesCodecTest {
    private static final ApiCalls CALL = ApiCalls.of(OpenAiApi.RESPONSES, "http://localhost");
    private static final String USAGE = "\"usage\":{\"input_tokens\":100,\"output_tokens\":50,\"total_tokens\":150,"
            + "\"input_tokens_details\":{\"cached_tokens\":40,\"cache_write_tokens\":10},"
            + "\"output_tokens_details\":{\"reasoning_tokens\":20}}";

    @Test
    void cached_written_and_reasoned_tokens_are_told_apart() {
        Metered metered = Read.whole(CALL, "{\"id\":\"resp_1\",\"service_tier\":\"flex\"," + USAGE + "}");

        assertThat(Read.reported(metered).tokens())
                .isEqualTo(new TokenUsage(Map.of(
                        TokenClass.INPUT, 50L,
                        TokenClass.CACHE_READ, 40L,
                        TokenClass.CACHE_WRITE_5M, 10L,
                        TokenClass.OUTPUT, 30L,
                        TokenClass.REASONING, 20L)));
        assertThat(Read.reported(metered).served()).isEqualTo(new Served("flex", null, null));
        assertThat(metered.created()).containsExactly("resp_1");
    }

    @Test
    void the_providers_own_tools_are_counted_by_their_items() {
        Metered metered = Read.whole(
                CALL,
                "{\"id\":\"resp_1\",\"tools\":[{\"type\":\"web_search\"}],\"output\":["
                        + "{\"type\":\"web_search_call\",\"status\":\"completed\",\"action\":{\"type\":\"search\"}},"
                        + "{\"type\":\"web_search_call\",\"status\":\"completed\",\"action\":{\"type\":\"open_page\"}},"
                        + "{\"type\":\"web_search_call\",\"status\":\"failed\",\"action\":{\"type\":\"search\"}},"
                        + "{\"type\":\"file_search_call\",\"status\":\"completed\"},"
                        + "{\"type\":\"code_interpreter_call\",\"container_id\":\"cntr_1\"},"
                        + "{\"type\":\"code_interpreter_call\",\"container_id\":\"cntr_1\"},"
                        + "{\"type\":\"function_call\",\"arguments\":\"{}\"}]," + USAGE + "}");

        assertThat(Read.reported(metered).units().tools())
                .isEqualTo(Map.of("web_search", 1L, "file_search", 1L, "code_interpreter", 1L));
        assertThat(metered.created()).containsExactly("resp_1", "cntr_1");
    }

    @Test
    void a_preview_of_the_search_has_its_own_price() {
        Metered metered = Read.whole(
                CALL,
                "{\"tools\":[{\"type\":\"web_search_preview_2025_03_11\"}],"
                        + "\"output\":[{\"type\":\"web_search_call\",\"status\":\"completed\"}]," + USAGE + "}");

        assertThat(Read.reported(metered).units().tools()).isEqualTo(Map.of("web_search_preview", 1L));
    }

    @Test
    void a_response_in_the_background_is_flagged() {
        Metered metered = Read.whole(CALL, "{\"id\":\"resp_1\",\"status\":\"queued\",\"usage\":null,\"output\":[]}");

        assertThat(metered.report()).isInstanceOf(UsageReport.Estimated.class);
        assertThat(metered.flags()).contains("background", "usage_missing");
    }

    @Test
    void tools_used_before_a_stream_broke_are_counted_and_its_words_too() {
        Read read = Read.events(
                CALL,
                "{\"type\":\"response.created\",\"response\":{\"id\":\"resp_1\",\"usage\":null}}",
                "{\"type\":\"response.output_item.done\",\"item\":{\"type\":\"web_search_call\",\"status\":\"completed\"}}",
                "{\"type\":\"response.output_text.delta\",\"delta\":\"Hello there\"}",
                "{\"type\":\"response.output_text.done\",\"text\":\"Hello there\"}");

        Metered metered = read.codec().streamed(false);

        assertThat(read.verdicts()).containsOnly(Verdict.FORWARD);
        assertThat(Read.estimated(metered).tokens().output()).isEqualTo(3);
        assertThat(Read.estimated(metered).units().tools()).isEqualTo(Map.of("web_search", 1L));
        assertThat(metered.created()).containsExactly("resp_1");
    }

    @Test
    void an_incomplete_response_ends_the_stream_with_its_usage() {
        Read read = Read.events(CALL, "{\"type\":\"response.incomplete\",\"response\":{\"id\":\"r\"," + USAGE + "}}");

        assertThat(read.verdicts()).containsExactly(Verdict.TERMINAL);
        assertThat(read.codec().isUsageKnown()).isTrue();
        assertThat(Read.reported(read.codec().streamed(true)).tokens().output()).isEqualTo(50);
    }

    @Test
    void an_error_is_understood_flat_nested_and_as_chats_tell_it() {
        String flat = "{\"type\":\"error\",\"code\":\"rate_limit_exceeded\",\"message\":\"Try again in 2s.\"}";
        String nested = "{\"type\":\"error\",\"error\":{\"type\":\"tokens\",\"code\":\"rate_limit_exceeded\","
                + "\"message\":\"Try again in 2s.\"}}";

        for (String event : new String[] {flat, nested, nested.replace("\"type\":\"error\",", "")}) {
            Read read = Read.events(CALL, event);
            assertThat(read.verdicts()).containsExactly(Verdict.ERROR);
            assertThat(read.codec().streamError().fault().kind()).isEqualTo(Fault.Kind.RATE_LIMITED);
            assertThat(read.codec().streamError().fault().retryAt()).isEqualTo(Read.NOW.plusSeconds(2));
            assertThat(new String(read.codec().streamError().body(), java.nio.charset.StandardCharsets.UTF_8))
                    .contains("\"error\":{\"message\":\"Try again in 2s.\"")
                    .contains("\"code\":\"rate_limit_exceeded\"");
        }
    }

    @Test
    void a_failure_without_usage_is_not_charged_and_one_with_it_is() {
        String failed = "{\"type\":\"response.failed\",\"response\":{\"id\":\"r\",\"status\":\"failed\","
                + "\"error\":{\"code\":\"server_error\",\"message\":\"m\"},";

        Read bare = Read.events(CALL, failed + "\"usage\":null}}");
        assertThat(bare.verdicts()).containsExactly(Verdict.ERROR);
        assertThat(bare.codec().streamError().fault().kind()).isEqualTo(Fault.Kind.SERVER);
        assertThat(bare.codec().streamed(false).report()).isInstanceOf(UsageReport.Missing.class);

        Read used = Read.events(CALL, failed + USAGE + "}}");
        assertThat(used.verdicts()).containsExactly(Verdict.TERMINAL);
        assertThat(Read.reported(used.codec().streamed(true)).tokens().output()).isEqualTo(50);
    }

    @Test
    void zero_tokens_cannot_be_true_of_an_answer_with_words() {
        Metered metered = Read.whole(
                CALL,
                "{\"output\":[{\"type\":\"message\",\"content\":[{\"type\":\"output_text\",\"text\":\"Hello there\"}]}],"
                        + "\"usage\":{\"input_tokens\":0,\"output_tokens\":0,\"total_tokens\":0}}");

        assertThat(metered.flags()).containsExactly("usage_nonsense");
        assertThat(Read.estimated(metered).tokens().output()).isEqualTo(3);
    }
}
