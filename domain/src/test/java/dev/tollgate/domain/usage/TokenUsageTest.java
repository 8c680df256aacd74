package dev.tollgate.domain.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TokenUsageTest {
    private static final TokenUsage ALL = each();

    @Test
    void sums_its_classes_without_counting_one_twice() {
        assertThat(ALL.input()).isEqualTo(1 + 2 + 4);
        assertThat(ALL.cacheRead()).isEqualTo(8);
        assertThat(ALL.cacheWrite()).isEqualTo(16 + 32);
        assertThat(ALL.output()).isEqualTo(64 + 128 + 256 + 512);
        assertThat(ALL.context()).isEqualTo(63);
        assertThat(ALL.total()).isEqualTo(1023);
    }

    @Test
    void adds_class_by_class() {
        TokenUsage twice = ALL.plus(ALL);
        for (TokenClass tokenClass : TokenClass.values()) {
            assertThat(twice.of(tokenClass)).isEqualTo(2 * ALL.of(tokenClass));
        }
        assertThat(ALL.plus(TokenUsage.NONE)).isEqualTo(ALL);
    }

    @Test
    void is_the_same_whether_a_zero_was_given_or_not() {
        assertThat(TokenUsage.of(5, 0)).isEqualTo(TokenUsage.of(TokenClass.INPUT, 5));
        assertThat(ALL.with(TokenClass.OUTPUT, 0).of(TokenClass.OUTPUT)).isZero();
    }

    @Test
    void cannot_be_negative_or_beyond_any_answer() {
        assertThatThrownBy(() -> TokenUsage.of(-1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TokenUsage.of(0, TokenUsage.COUNT_MAX + 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TokenUsage(Map.of(TokenClass.OUTPUT, Long.MIN_VALUE)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void of_a_call_is_the_sum_over_its_models() {
        Usage usage = new Usage(
                List.of(new UsagePart(null, ALL), new UsagePart("advisor", TokenUsage.of(1, 1))),
                UnitUsage.ofTools(Map.of("web_search", 2L)),
                Served.ORDINARY);
        assertThat(usage.tokens()).isEqualTo(ALL.plus(TokenUsage.of(1, 1)));
        assertThat(Usage.NONE.tokens()).isEqualTo(TokenUsage.NONE);
    }

    @Test
    void of_zero_tokens_is_not_no_usage() {
        assertThat(Usage.of(TokenUsage.NONE).isEmpty()).isFalse();
        assertThat(Usage.NONE.isEmpty()).isTrue();
    }

    @Test
    void pieces_cannot_be_negative_or_beyond_any_answer() {
        assertThatThrownBy(() -> UnitUsage.ofTools(Map.of("web_search", -1L)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new UnitUsage(Map.of(), Map.of("x", UnitUsage.PIECES_MAX + 1), 0, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new UnitUsage(Map.of(), Map.of(), -1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new UnitUsage(Map.of(), Map.of(), 0, UnitUsage.CHARACTERS_MAX + 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** A power of two in each class, so that every sum tells which classes are in it. */
    private static TokenUsage each() {
        TokenUsage tokens = TokenUsage.NONE;
        long count = 1;
        for (TokenClass tokenClass : TokenClass.values()) {
            tokens = tokens.with(tokenClass, count);
            count *= 2;
        }
        return tokens;
    }
}
