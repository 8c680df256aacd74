package dev.tollgate.upstream.gemini.conversation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tollgate.application.relay.conversation.Reasoning;
import dev.tollgate.application.relay.conversation.Reasoning.Effort;
import dev.tollgate.upstream.conversation.CallerField;
import dev.tollgate.upstream.conversation.Efforts;
import dev.tollgate.upstream.conversation.Losses;
import org.jspecify.annotations.Nullable;

/** How much the model is to think, in the one of two forms its age demands: both together are refused. */
final class GeminiThinking {
    /** The model finds its own budget. */
    private static final long DYNAMIC = -1;

    private GeminiThinking() {}

    static void write(@Nullable Reasoning reasoning, GeminiModel model, ObjectNode config, Losses losses) {
        if (reasoning == null) {
            return;
        }
        if (!model.thinks()) {
            if (!(reasoning instanceof Reasoning.Off)) {
                losses.drop(CallerField.REASONING);
            }
            return;
        }
        ObjectNode thinking = config.putObject("thinkingConfig");
        if (reasoning.isShown()) {
            thinking.put("includeThoughts", true);
        }
        if (reasoning instanceof Reasoning.Off && model.isPro()) {
            losses.drop(CallerField.REASONING);
        }
        if (model.hasLevels()) {
            level(reasoning, model, thinking);
        } else {
            thinking.put("thinkingBudget", budget(reasoning, model));
        }
    }

    private static long budget(Reasoning reasoning, GeminiModel model) {
        return switch (reasoning) {
            case Reasoning.Off off -> model.isPro() ? model.budgetMin() : 0;
            case Reasoning.Adaptive(Effort effort, boolean isShown) ->
                effort == null ? DYNAMIC : within(Efforts.budget(effort), model);
            case Reasoning.Budget(long tokens, boolean isShown) -> within(tokens, model);
        };
    }

    private static long within(long tokens, GeminiModel model) {
        return Math.clamp(tokens, model.budgetMin(), model.budgetMax());
    }

    private static void level(Reasoning reasoning, GeminiModel model, ObjectNode thinking) {
        Effort effort = switch (reasoning) {
            case Reasoning.Off off -> Effort.MINIMAL;
            case Reasoning.Adaptive adaptive -> adaptive.effort();
            case Reasoning.Budget(long tokens, boolean isShown) -> Efforts.effort(tokens);
        };
        if (effort != null) {
            thinking.put("thinkingLevel", level(effort, model));
        }
    }

    private static String level(Effort effort, GeminiModel model) {
        return switch (effort) {
            case MINIMAL -> model.knowsMinimal() ? "minimal" : "low";
            case LOW -> "low";
            case MEDIUM -> model.knowsMedium() ? "medium" : "high";
            case HIGH, XHIGH, MAX -> "high";
        };
    }
}
