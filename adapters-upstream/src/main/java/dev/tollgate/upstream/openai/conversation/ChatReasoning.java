package dev.tollgate.upstream.openai.conversation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tollgate.application.relay.conversation.Reasoning;
import dev.tollgate.application.relay.conversation.Reasoning.Effort;
import dev.tollgate.upstream.conversation.CallerField;
import dev.tollgate.upstream.conversation.Efforts;
import dev.tollgate.upstream.conversation.Losses;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How much the model is to think, as {@code reasoning_effort}; chat completions never show the thoughts. */
final class ChatReasoning {
    private static final String EFFORT = "reasoning_effort";

    private ChatReasoning() {}

    static void write(
            @Nullable Reasoning reasoning, ChatModel model, boolean hasTools, ObjectNode body, Losses losses) {
        if (hasTools && model.takesToolsOnlyWithoutEffort()) {
            body.put(EFFORT, "none");
            dropUnless(reasoning == null || reasoning instanceof Reasoning.Off, losses);
            return;
        }
        switch (reasoning) {
            case null -> {}
            case Reasoning.Off off
            when model.takesEffort() -> {
                body.put(EFFORT, model.leastEffort());
                dropUnless(!model.leastEffort().equals("low"), losses);
            }
            case Reasoning.Off off -> {}
            case Reasoning.Adaptive(Effort effort, boolean isShown) -> effort(effort, model, body, losses);
            case Reasoning.Budget(long tokens, boolean isShown) -> effort(Efforts.effort(tokens), model, body, losses);
        }
    }

    private static void effort(@Nullable Effort effort, ChatModel model, ObjectNode body, Losses losses) {
        dropUnless(model.takesEffort(), losses);
        if (!model.takesEffort() || effort == null) {
            return;
        }
        body.put(
                EFFORT,
                switch (effort) {
                    case MINIMAL -> model.minimalEffort();
                    case LOW, MEDIUM, HIGH -> effort.name().toLowerCase(Locale.ROOT);
                    case XHIGH, MAX -> model.highestEffort();
                });
    }

    private static void dropUnless(boolean kept, Losses losses) {
        if (!kept) {
            losses.drop(CallerField.REASONING);
        }
    }
}
