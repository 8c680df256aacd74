package dev.tollgate.web.relay.anthropic.messages;

import dev.tollgate.application.relay.conversation.Reasoning;
import dev.tollgate.application.relay.conversation.Reasoning.Effort;
import dev.tollgate.web.relay.conversation.Members;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads {@code thinking} and {@code output_config.effort}, which together say how much to think. */
final class ThinkingReading {
    private ThinkingReading() {}

    /** Null where the caller said nothing of either. */
    static @Nullable Reasoning reasoning(Members body, @Nullable Members outputConfig) {
        Members thinking = body.object("thinking");
        Effort effort = outputConfig == null ? null : effort(outputConfig);
        if (thinking == null) {
            return effort == null ? null : new Reasoning.Adaptive(effort, false);
        }
        String type = thinking.needText("type");
        Long budget = thinking.whole("budget_tokens");
        boolean isShown = !"omitted".equals(thinking.text("display"));
        thinking.dropRest();
        if (type.equals("disabled")) {
            return new Reasoning.Off();
        }
        // A bound is the stricter word; an effort beside it only tunes.
        if (type.equals("enabled") && budget != null) {
            if (effort != null && outputConfig != null) {
                outputConfig.drop("effort");
            }
            return new Reasoning.Budget(budget, isShown);
        }
        return new Reasoning.Adaptive(effort, isShown);
    }

    private static @Nullable Effort effort(Members outputConfig) {
        String word = outputConfig.text("effort");
        if (word == null) {
            return null;
        }
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "minimal" -> Effort.MINIMAL;
            case "low" -> Effort.LOW;
            case "medium" -> Effort.MEDIUM;
            case "high" -> Effort.HIGH;
            case "xhigh" -> Effort.XHIGH;
            case "max" -> Effort.MAX;
            default -> {
                outputConfig.drop("effort");
                yield null;
            }
        };
    }
}
