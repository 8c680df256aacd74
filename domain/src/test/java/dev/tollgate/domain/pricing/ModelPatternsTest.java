package dev.tollgate.domain.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelPatternsTest {
    @ParameterizedTest
    @CsvSource({
        "claude-*, claude-opus-5, true",
        "claude-*, claude-, true",
        "claude-*, gpt-6, false",
        "*, anything, true",
        "gpt-*-mini, gpt-6-mini, true",
        "gpt-*-mini, gpt-6-nano, false",
        "a*a, a, false",
        "a*b*c, axxbxxc, true",
        "a*b*c, acb, false",
        "a**b, ab, true",
        "gpt-6, gpt-6, true",
        "gpt-6, gpt-6-mini, false",
        "gpt.6, gpt-6, false",
    })
    void star_stands_for_any_run_and_nothing_else_is_special(String pattern, String name, boolean matches) {
        assertThat(new ModelPatterns(Set.of(pattern)).matches(name)).isEqualTo(matches);
    }

    @Test
    void none_match_nothing() {
        assertThat(ModelPatterns.NONE.matches("x")).isFalse();
        assertThat(ModelPatterns.NONE.isEmpty()).isTrue();
    }

    @Test
    void hostile_patterns_and_names_take_no_time() {
        ModelPatterns hostile = new ModelPatterns(Set.of("a*".repeat(50) + "b"));
        assertThat(hostile.matches("a".repeat(65_536))).isFalse();
    }

    @Test
    void a_model_has_a_name_a_platform_and_positive_bounds() {
        assertThatThrownBy(() -> model(" ", 1L)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> model("x", 0L)).isInstanceOf(IllegalArgumentException.class);
        assertThat(model("x", null).contextWindow()).isNull();
    }

    private static Model model(String name, Long window) {
        return new Model(new ModelId(1), name, "openai", Set.of(), true, window, null);
    }
}
