package dev.tollgate.upstream.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.domain.usage.TokenClass;
import dev.tollgate.domain.usage.TokenUsage;
import dev.tollgate.domain.usage.UsageReport;
import dev.tollgate.upstream.http.AnswerCodec.Verdict;
import org.junit.jupiter.api.Test;

class ChatCodecTest {
    private static final ApiCalls CALL =
            ApiCalls.of(OpenAiApi.CHAT, "http://localhost").streamed(true);
    private static final String WORDS = "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hello there\"},"
            + "\"finish_reason\":null}],\"usage\":null}";
    private static final String FINISH = "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}";
    private static final String USAGE = "{\"choices\":[],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":2}}";

    @Test
    void what_follows_the_reason_it_ended_for_may_be_the_end() {
        assertThat(Read.events(CALL, WORDS, FINISH, USAGE, "[DONE]").verdicts())
                .containsExactly(Verdict.FORWARD, Verdict.HOLD, Verdict.DROP, Verdict.TERMINAL);
    }

    @Test
    void with_several_answers_only_the_last_of_them_ends_it() {
        assertThat(Read.events(CALL.choices(2), FINISH, WORDS, FINISH).verdicts())
                .containsExactly(Verdict.FORWARD, Verdict.FORWARD, Verdict.HOLD);
    }

    @Test
    void azures_word_on_the_prompt_is_no_usage_and_passes() {
        String filter = "{\"choices\":[],\"created\":0,\"id\":\"\",\"model\":\"\",\"object\":\"\","
                + "\"prompt_filter_results\":[{\"prompt_index\":0}],\"usage\":null}";

        assertThat(Read.events(CALL, filter).verdicts()).containsExactly(Verdict.FORWARD);
    }

    @Test
    void of_usage_told_with_every_chunk_the_last_counts() {
        Read read = Read.events(CALL, growing(1, "null"), growing(3, "null"), growing(4, "\"stop\""));

        assertThat(read.verdicts()).containsExactly(Verdict.FORWARD, Verdict.FORWARD, Verdict.HOLD);
        assertThat(Read.reported(read.codec().streamed(true)).tokens()).isEqualTo(TokenUsage.of(7, 4));
    }

    @Test
    void usage_on_the_way_is_not_the_last_word_when_the_stream_breaks() {
        Read read = Read.events(CALL, growing(1, "null"), WORDS, WORDS);

        assertThat(read.codec().isUsageKnown()).isFalse();
        assertThat(read.codec().streamed(false).report()).isInstanceOfSatisfying(UsageReport.Partial.class, partial -> {
            assertThat(partial.usage().tokens().of(TokenClass.INPUT)).isEqualTo(7);
            assertThat(partial.usage().tokens().output()).isGreaterThan(3);
        });
    }

    private static String growing(int output, String reason) {
        return "{\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":" + reason
                + "}],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":" + output + "}}";
    }
}
