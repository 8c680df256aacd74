package dev.tollgate.web.relay.openai.conversation;

import dev.tollgate.application.relay.conversation.Reasoning;
import dev.tollgate.application.relay.conversation.Reasoning.Effort;
import dev.tollgate.web.relay.conversation.Members;
import org.jspecify.annotations.Nullable;

/** Reads how much the model is to think, from {@code none} to {@code max}. */
public final class OpenAiEffort {
    private OpenAiEffort() {}

    /** Null if the member is absent. */
    public static @Nullable Reasoning read(Members holder, String name, boolean isShown) {
        String word = holder.text(name);
        if (word == null) {
            return null;
        }
        return switch (word) {
            case "none" -> new Reasoning.Off();
            case "minimal" -> new Reasoning.Adaptive(Effort.MINIMAL, isShown);
            case "low" -> new Reasoning.Adaptive(Effort.LOW, isShown);
            case "medium" -> new Reasoning.Adaptive(Effort.MEDIUM, isShown);
            case "high" -> new Reasoning.Adaptive(Effort.HIGH, isShown);
            case "xhigh" -> new Reasoning.Adaptive(Effort.XHIGH, isShown);
            case "max" -> new Reasoning.Adaptive(Effort.MAX, isShown);
            default -> {
                holder.refuse(name, "must be none, minimal, low, medium, high, xhigh or max");
                yield null;
            }
        };
    }
}
