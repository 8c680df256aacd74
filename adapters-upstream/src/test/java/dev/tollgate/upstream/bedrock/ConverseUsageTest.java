package dev.tollgate.upstream.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.relay.Metered;
import dev.tollgate.domain.usage.TokenClass;
import dev.tollgate.domain.usage.TokenUsage;
import dev.tollgate.domain.usage.UsageReport;
import dev.tollgate.upstream.bedrock.conversation.ToldConversation;
import dev.tollgate.upstream.conversation.Asked;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConverseUsageTest {
    @Test
    void writes_are_split_by_their_lifetime_and_the_twins_are_not_added() {
        Metered metered = whole("\"usage\":{\"inputTokens\":5,\"outputTokens\":6,\"cacheReadInputTokens\":10,"
                + "\"cacheReadInputTokenCount\":10,\"cacheWriteInputTokens\":30,\"cacheWriteInputTokenCount\":30,"
                + "\"cacheDetails\":[{\"ttl\":\"1h\",\"inputTokens\":20},{\"ttl\":\"5m\",\"inputTokens\":10}]}");

        assertThat(tokens(metered))
                .isEqualTo(new TokenUsage(Map.of(
                        TokenClass.INPUT, 5L,
                        TokenClass.OUTPUT, 6L,
                        TokenClass.CACHE_READ, 10L,
                        TokenClass.CACHE_WRITE_5M, 10L,
                        TokenClass.CACHE_WRITE_1H, 20L)));
    }

    @Test
    void a_twin_alone_counts() {
        Metered metered = whole("\"usage\":{\"inputTokens\":5,\"outputTokens\":6,\"cacheReadInputTokenCount\":10}");

        assertThat(tokens(metered).cacheRead()).isEqualTo(10);
    }

    @Test
    void a_guardrail_may_leave_nothing_to_count() {
        Metered metered =
                whole("\"stopReason\":\"guardrail_intervened\",\"usage\":{\"inputTokens\":0,\"outputTokens\":0}");

        assertThat(metered.report()).isInstanceOf(UsageReport.Reported.class);
        assertThat(tokens(metered).total()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"inputTokens\":0,\"outputTokens\":2}",
                "{\"inputTokens\":5,\"outputTokens\":0}",
                "{\"inputTokens\":-5,\"outputTokens\":2}",
                "{\"inputTokens\":5,\"outputTokens\":2.5}"
            })
    void nonsense_is_flagged_and_counted_here(String usage) {
        assertThat(whole("\"usage\":" + usage).flags()).containsExactly("usage_nonsense");
    }

    @Test
    void a_tools_arguments_are_words_too() {
        ConverseCodec codec = codec();
        byte[] lines = ("event: contentBlockDelta\ndata: {\"contentBlockIndex\":1,"
                        + "\"delta\":{\"toolUse\":{\"input\":\"{\\\"city\\\":\\\"Paris\\\"}\"}}}\n\n")
                .getBytes(UTF_8);
        dev.tollgate.upstream.http.StreamEvent event = new dev.tollgate.upstream.http.StreamEvent();
        event.read(lines, 0, lines.length);
        var unused = codec.read(event);

        assertThat(codec.hasContent()).isTrue();
    }

    private static Metered whole(String members) {
        String body = "{\"output\":{\"message\":{\"content\":[{\"text\":\"Hello\"}]}}," + members + "}";
        return codec().whole(body.getBytes(UTF_8));
    }

    private static ConverseCodec codec() {
        ToldConversation codec =
                new ToldConversation(Asked.of("m", Asked.user("Hello")).conversation());
        return new ConverseCodec(
                BedrockCalls.converted("http://localhost", "chat", codec, false, "amazon.nova-lite-v1:0"),
                InstantSource.system());
    }

    private static TokenUsage tokens(Metered metered) {
        return metered.report().known().orElseThrow().tokens();
    }
}
