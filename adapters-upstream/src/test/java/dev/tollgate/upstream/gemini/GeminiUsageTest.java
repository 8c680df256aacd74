package dev.tollgate.upstream.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.domain.usage.Served;
import dev.tollgate.domain.usage.TokenClass;
import dev.tollgate.domain.usage.TokenUsage;
import dev.tollgate.domain.usage.UnitUsage;
import dev.tollgate.domain.usage.Usage;
import dev.tollgate.domain.usage.UsageReport;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GeminiUsageTest {
    private static final String SPOKEN = "\"content\":{\"parts\":[{\"text\":\"Hello\"}]},\"finishReason\":\"STOP\"";

    @Test
    void takes_the_cached_out_of_the_prompt_and_adds_what_tools_fed_back() {
        assertThat(tokens("\"promptTokenCount\":100,\"cachedContentTokenCount\":40,\"toolUsePromptTokenCount\":7,"
                        + "\"candidatesTokenCount\":5,\"thoughtsTokenCount\":3,\"totalTokenCount\":115"))
                .isEqualTo(new TokenUsage(Map.of(
                        TokenClass.INPUT, 67L,
                        TokenClass.CACHE_READ, 40L,
                        TokenClass.OUTPUT, 5L,
                        TokenClass.REASONING, 3L)));
    }

    @Test
    void takes_what_was_cached_of_a_modality_out_of_it() {
        assertThat(tokens("\"promptTokenCount\":100,\"cachedContentTokenCount\":60,\"candidatesTokenCount\":1,"
                        + "\"promptTokensDetails\":[{\"modality\":\"AUDIO\",\"tokenCount\":50},"
                        + "{\"modality\":\"VIDEO\",\"tokenCount\":30},{\"modality\":\"TEXT\",\"tokenCount\":20}],"
                        + "\"cacheTokensDetails\":[{\"modality\":\"AUDIO\",\"tokenCount\":45},"
                        + "{\"modality\":\"VIDEO\",\"tokenCount\":15}]"))
                .isEqualTo(new TokenUsage(Map.of(
                        TokenClass.INPUT, 20L,
                        TokenClass.AUDIO_INPUT, 5L,
                        TokenClass.IMAGE_INPUT, 15L,
                        TokenClass.CACHE_READ, 60L,
                        TokenClass.OUTPUT, 1L)));
    }

    @Test
    void takes_what_no_modality_claims_for_text() {
        assertThat(tokens("\"promptTokenCount\":9,\"candidatesTokenCount\":1216,"
                        + "\"candidatesTokensDetails\":[{\"modality\":\"IMAGE\",\"tokenCount\":1120}]"))
                .isEqualTo(new TokenUsage(
                        Map.of(TokenClass.INPUT, 9L, TokenClass.OUTPUT, 96L, TokenClass.IMAGE_OUTPUT, 1120L)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"promptTokenCount\":-1,\"candidatesTokenCount\":1",
                "\"promptTokenCount\":1.5,\"candidatesTokenCount\":1",
                "\"promptTokenCount\":5,\"cachedContentTokenCount\":6,\"candidatesTokenCount\":1",
                "\"promptTokenCount\":5",
                "\"candidatesTokenCount\":5",
            })
    void believes_nothing_that_cannot_be(String usage) {
        assertThat(report("{\"candidates\":[{" + SPOKEN + "}],\"usageMetadata\":{" + usage + "}}"))
                .isInstanceOf(UsageReport.Nonsense.class);
    }

    @Test
    void knows_that_nothing_was_told() {
        assertThat(report("{\"candidates\":[{" + SPOKEN + "}],\"usageMetadata\":{\"trafficType\":\"ON_DEMAND\"}}"))
                .isInstanceOf(UsageReport.Missing.class);
    }

    @Test
    void believes_that_a_blocked_prompt_cost_what_it_says_even_if_that_is_nothing() {
        assertThat(usage("{\"promptFeedback\":{\"blockReason\":\"SAFETY\"},\"usageMetadata\":{\"promptTokenCount\":8}}")
                        .tokens())
                .isEqualTo(TokenUsage.of(TokenClass.INPUT, 8));
        assertThat(usage("{\"promptFeedback\":{\"blockReason\":\"SAFETY\"}}").tokens())
                .isEqualTo(TokenUsage.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "serviceTier, standard, ",
        "serviceTier, flex, flex",
        "serviceTier, PRIORITY, priority",
        "trafficType, ON_DEMAND, ",
        "trafficType, ON_DEMAND_PRIORITY, priority",
        "trafficType, ON_DEMAND_FLEX, flex",
        "trafficType, PROVISIONED_THROUGHPUT, provisioned_throughput",
    })
    void tells_the_tier_it_was_served_in(String member, String told, String tier) {
        Usage usage = usage("{\"usageMetadata\":{\"promptTokenCount\":1,\"candidatesTokenCount\":1,\"" + member
                + "\":\"" + told + "\"}}");

        assertThat(usage.served()).isEqualTo(new Served(tier, null, null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gemini-2.5-flash | \"webSearchQueries\":[\"a\",\"b\"] | 1",
                "gemini-2.5-flash | \"searchEntryPoint\":{} | 1",
                "gemini-3-pro-preview | \"webSearchQueries\":[\"\",\"a\",\"b\",\"a\"] | 2",
                "gemini-2.5-flash | \"groundingChunks\":[{\"web\":{\"uri\":\"https://a\"}}] | 0",
                "gemini-3-pro-preview | \"groundingChunks\":[{\"retrievedContext\":{}}] | 0",
            })
    void counts_searches_by_the_prompt_or_by_the_query(String model, String grounding, long searches) {
        String json = "{\"candidates\":[{\"groundingMetadata\":{" + grounding + "}}],\"usageMetadata\":"
                + "{\"promptTokenCount\":1,\"candidatesTokenCount\":1}}";

        assertThat(known(report(json, model)).units())
                .isEqualTo(searches == 0 ? UnitUsage.NONE : UnitUsage.ofTools(Map.of("web_search", searches)));
    }

    private static TokenUsage tokens(String usage) {
        return usage("{\"candidates\":[{" + SPOKEN + "}],\"usageMetadata\":{" + usage + "}}")
                .tokens();
    }

    private static Usage usage(String json) {
        return known(report(json));
    }

    private static Usage known(UsageReport report) {
        return report.known().orElseThrow(() -> new AssertionError(report.toString()));
    }

    private static UsageReport report(String json) {
        return report(json, "gemini-2.5-flash");
    }

    private static UsageReport report(String json, String model) {
        AnswerScan answer = new AnswerScan();
        byte[] bytes = json.getBytes(UTF_8);
        assertThat(answer.read(bytes, 0, bytes.length)).isTrue();
        return GeminiUsage.read(answer, model, true);
    }
}
