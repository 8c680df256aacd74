package dev.tollgate.upstream.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.relay.Metered;
import dev.tollgate.domain.usage.Served;
import dev.tollgate.domain.usage.TokenClass;
import dev.tollgate.domain.usage.TokenUsage;
import dev.tollgate.domain.usage.UsageReport;
import dev.tollgate.upstream.Calls;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiUsageTest {
    @Test
    void what_is_inside_a_count_is_taken_out_of_it() {
        assertThat(tokens("{\"prompt_tokens\":100,\"completion_tokens\":50,\"total_tokens\":150,"
                        + "\"prompt_tokens_details\":{\"cached_tokens\":40,\"cache_write_tokens\":10,\"audio_tokens\":5},"
                        + "\"completion_tokens_details\":{\"reasoning_tokens\":20,\"audio_tokens\":8}}"))
                .isEqualTo(new TokenUsage(Map.of(
                        TokenClass.INPUT, 45L,
                        TokenClass.AUDIO_INPUT, 5L,
                        TokenClass.CACHE_READ, 40L,
                        TokenClass.CACHE_WRITE_5M, 10L,
                        TokenClass.OUTPUT, 22L,
                        TokenClass.REASONING, 20L,
                        TokenClass.AUDIO_OUTPUT, 8L)));
    }

    @Test
    void more_cached_than_prompted_means_that_it_comes_on_top() {
        assertThat(tokens("{\"prompt_tokens\":10,\"completion_tokens\":5,\"total_tokens\":15,"
                        + "\"prompt_tokens_details\":{\"cached_tokens\":161}}"))
                .isEqualTo(new TokenUsage(
                        Map.of(TokenClass.INPUT, 10L, TokenClass.CACHE_READ, 161L, TokenClass.OUTPUT, 5L)));
    }

    @Test
    void reasoning_that_only_the_total_counts_is_output() {
        assertThat(tokens("{\"prompt_tokens\":35,\"completion_tokens\":12,\"total_tokens\":109}"))
                .isEqualTo(new TokenUsage(
                        Map.of(TokenClass.INPUT, 35L, TokenClass.OUTPUT, 12L, TokenClass.REASONING, 62L)));
    }

    @Test
    void the_tier_served_is_the_answers() {
        String usage = "\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":2}";
        assertThat(served("{\"service_tier\":\"priority\"," + usage + "}"))
                .isEqualTo(new Served("priority", null, null));
        assertThat(served("{\"service_tier\":\"default\"," + usage + "}")).isEqualTo(Served.ORDINARY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"prompt_tokens\":-1,\"completion_tokens\":2}",
                "{\"prompt_tokens\":NaN,\"completion_tokens\":2}",
                "{\"prompt_tokens\":1e308,\"completion_tokens\":2}",
                "{\"prompt_tokens\":\"12\",\"completion_tokens\":2}",
                "{\"prompt_tokens\":1.5,\"completion_tokens\":2}",
                "{\"prompt_tokens\":99999999999999999999,\"completion_tokens\":2}",
                "{\"prompt_tokens\":0,\"completion_tokens\":2}",
                "{\"prompt_tokens\":5,\"completion_tokens\":0}",
                "{\"prompt_tokens\":5,\"completion_tokens\":10000001}",
                "{\"prompt_tokens\":5,\"completion_tokens\":2,\"prompt_tokens_details\":{\"cached_tokens\":-3}}"
            })
    void nonsense_is_flagged_and_counted_here(String usage) {
        Metered metered =
                metered("{\"choices\":[{\"message\":{\"content\":\"Hello there\"}}],\"usage\":" + usage + "}");

        assertThat(metered.flags())
                .containsAnyOf("usage_nonsense", "usage_missing")
                .hasSize(1);
        assertCounted(metered);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{}", "[]", "\"none\"", "{\"total_tokens\":7}"})
    void missing_usage_is_flagged_and_counted_here(String usage) {
        Metered metered =
                metered("{\"choices\":[{\"message\":{\"content\":\"Hello there\"}}],\"usage\":" + usage + "}");

        assertThat(metered.flags()).containsExactly("usage_missing");
        assertCounted(metered);
    }

    private static void assertCounted(Metered metered) {
        assertThat(metered.report()).isInstanceOfSatisfying(UsageReport.Estimated.class, estimated -> {
            assertThat(estimated.usage().tokens().input()).isBetween(5L, 40L);
            assertThat(estimated.usage().tokens().output()).isEqualTo(2);
        });
    }

    private static TokenUsage tokens(String usage) {
        return reported("{\"usage\":" + usage + "}").usage().tokens();
    }

    private static Served served(String body) {
        return reported(body).usage().served();
    }

    private static UsageReport.Reported reported(String body) {
        return (UsageReport.Reported) metered(body).report();
    }

    private static Metered metered(String body) {
        return OpenAiUpstream.codec(Calls.chat("http://localhost").request(), InstantSource.system())
                .whole(body.getBytes(UTF_8));
    }
}
