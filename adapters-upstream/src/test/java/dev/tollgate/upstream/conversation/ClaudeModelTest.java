package dev.tollgate.upstream.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClaudeModelTest {
    @ParameterizedTest
    @CsvSource({
        "claude-3-haiku-20240307, 30",
        "claude-3-7-sonnet-20250219, 37",
        "claude-sonnet-4-20250514, 40",
        "claude-opus-4-1-20250805, 41",
        "claude-haiku-4-5, 45",
        "us.anthropic.claude-opus-4-6-v1, 46",
        "anthropic.claude-sonnet-4-5-20250929-v1:0, 45",
        "claude-sonnet-5, 50",
        "claude-fable-5.1, 51",
        "claude-opus-5-5, 55",
        "claude-2.1, 21",
        "claude-mythos-preview, 990",
        "glm-4.7, 40"
    })
    void a_models_version_is_in_its_name(String model, int version) {
        assertThat(ClaudeModel.of(model).version()).isEqualTo(version);
    }
}
