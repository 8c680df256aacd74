package dev.tollgate.upstream.gemini.conversation;

import static dev.tollgate.upstream.conversation.Asked.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tollgate.application.relay.conversation.Reasoning;
import dev.tollgate.application.relay.conversation.Reasoning.Effort;
import dev.tollgate.upstream.conversation.Asked;
import dev.tollgate.upstream.conversation.Json;
import dev.tollgate.upstream.conversation.Losses;
import dev.tollgate.upstream.conversation.PlatformCodec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeminiThinkingTest {
    private static String told(String model, Reasoning reasoning) {
        ObjectNode config = Json.object();
        Losses losses = new Losses(Asked.of(model).request().call());
        GeminiThinking.write(reasoning, GeminiModel.of(model), config, losses);
        String dropped = String.join(",", ((PlatformCodec.Written.Body) losses.written(config)).dropped());
        return config.path("thinkingConfig") + dropped;
    }

    @ParameterizedTest
    @CsvSource({
        "gemini-2.5-flash, HIGH, 4096",
        "gemini-2.5-flash-lite, MINIMAL, 1024",
        "models/gemini-2.5-pro, MAX, 16384",
        "gemini-2.5-flash, , -1"
    })
    void an_effort_is_a_budget_for_2_5(String model, @Nullable Effort effort, long budget) {
        assertThat(told(model, new Reasoning.Adaptive(effort, false)))
                .isEqualTo(json("{'thinkingBudget':" + budget + "}"));
    }

    @ParameterizedTest
    @CsvSource({
        "gemini-3-pro-preview, MINIMAL, low",
        "gemini-3-pro-preview, MEDIUM, high",
        "gemini-3.1-pro-preview, MEDIUM, medium",
        "gemini-3-flash-preview, MINIMAL, minimal",
        "gemini-3.8-flash, MINIMAL, low",
        "gemini-flash-latest, XHIGH, high"
    })
    void an_effort_is_a_level_from_3_on(String model, Effort effort, String level) {
        assertThat(told(model, new Reasoning.Adaptive(effort, true)))
                .isEqualTo(json("{'includeThoughts':true,'thinkingLevel':'" + level + "'}"));
    }

    @Test
    void a_budget_stays_within_the_models_own_bounds() {
        assertThat(told("gemini-2.5-pro", new Reasoning.Budget(100_000, false)))
                .isEqualTo(json("{'thinkingBudget':32768}"));
        assertThat(told("gemini-2.5-flash-lite", new Reasoning.Budget(100, false)))
                .isEqualTo(json("{'thinkingBudget':512}"));
        assertThat(told("gemini-3-flash", new Reasoning.Budget(4000, false)))
                .isEqualTo(json("{'thinkingLevel':'medium'}"));
    }

    @Test
    void no_thinking_is_as_little_as_the_model_can() {
        assertThat(told("gemini-2.5-flash", new Reasoning.Off())).isEqualTo(json("{'thinkingBudget':0}"));
        assertThat(told("gemini-2.5-pro", new Reasoning.Off())).isEqualTo(json("{'thinkingBudget':128}reasoning"));
        assertThat(told("gemini-3-flash", new Reasoning.Off())).isEqualTo(json("{'thinkingLevel':'minimal'}"));
        assertThat(told("gemini-2.0-flash", new Reasoning.Off())).isEmpty();
    }

    @Test
    void a_model_that_does_not_think_is_not_told_to() {
        assertThat(told("gemini-2.0-flash", new Reasoning.Budget(4000, true))).isEqualTo("reasoning");
        assertThat(told("gemma-3-27b-it", new Reasoning.Adaptive(null, true))).isEqualTo("reasoning");
    }
}
