package dev.tollgate.web.relay.openai.chat;

import dev.tollgate.application.relay.conversation.Reasoning;
import dev.tollgate.web.relay.conversation.Members;
import dev.tollgate.web.relay.openai.conversation.OpenAiEffort;
import org.jspecify.annotations.Nullable;

/**
 * Reads how much the model is to think: {@code reasoning_effort}, and what clients send that know other models through
 * this dialect, {@code reasoning {effort, max_tokens, enabled, exclude}} and {@code thinking {type, budget_tokens}}.
 * Thoughts are shown, in {@code reasoning_content}, unless they are excluded.
 */
final class ChatReasoning {
    private ChatReasoning() {}

    static @Nullable Reasoning read(Members body) {
        Reasoning effort = OpenAiEffort.read(body, "reasoning_effort", true);
        Reasoning object = object(body.object("reasoning"));
        Reasoning thinking = thinking(body.object("thinking"));
        return effort != null ? effort : object != null ? object : thinking;
    }

    private static @Nullable Reasoning object(@Nullable Members reasoning) {
        if (reasoning == null) {
            return null;
        }
        boolean isShown = !reasoning.isTrue("exclude");
        Reasoning effort = OpenAiEffort.read(reasoning, "effort", isShown);
        Long budget = reasoning.whole("max_tokens");
        Boolean isEnabled = reasoning.flag("enabled");
        if (Boolean.FALSE.equals(isEnabled)) {
            return new Reasoning.Off();
        }
        if (effort != null) {
            return effort;
        }
        if (budget != null) {
            return budget > 0 ? new Reasoning.Budget(budget, isShown) : new Reasoning.Off();
        }
        return isEnabled == null ? null : new Reasoning.Adaptive(null, isShown);
    }

    private static @Nullable Reasoning thinking(@Nullable Members thinking) {
        if (thinking == null) {
            return null;
        }
        Long budget = thinking.whole("budget_tokens");
        if ("disabled".equals(thinking.text("type"))) {
            return new Reasoning.Off();
        }
        return budget != null && budget > 0 ? new Reasoning.Budget(budget, true) : new Reasoning.Adaptive(null, true);
    }
}
