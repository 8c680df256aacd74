package dev.tollgate.upstream.bedrock.conversation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tollgate.application.relay.conversation.Conversation;
import dev.tollgate.application.relay.conversation.Reasoning;
import dev.tollgate.application.relay.conversation.Reasoning.Effort;
import dev.tollgate.upstream.anthropic.conversation.MessagesThinking;
import dev.tollgate.upstream.conversation.CallerField;
import dev.tollgate.upstream.conversation.Efforts;
import dev.tollgate.upstream.conversation.Losses;
import dev.tollgate.upstream.conversation.OfferedTools;
import dev.tollgate.upstream.conversation.SpokenTurns;
import org.jspecify.annotations.Nullable;

/** How much to think, in the words each maker has for it; Converse itself has none. */
final class ConverseThinking {
    private final TargetModel model;
    private final Losses losses;

    ConverseThinking(TargetModel model, Losses losses) {
        this.model = model;
        this.losses = losses;
    }

    /**
     * Writes what was asked and tells whether a Claude model is going to think.
     *
     * @param more the model's own members
     */
    boolean write(
            ObjectNode more, Conversation conversation, SpokenTurns spoken, OfferedTools tools, @Nullable Long bound) {
        if (model.isClaude()) {
            long most = bound == null ? model.claude().outputMax() : bound;
            MessagesThinking thinking = MessagesThinking.of(conversation, spoken, tools, model.claude(), most, losses);
            thinking.write(more);
            return thinking.isOn();
        }
        Reasoning asked = conversation.reasoning();
        if (asked != null && !(asked instanceof Reasoning.Off)) {
            write(more, effort(asked));
        }
        return false;
    }

    private void write(ObjectNode more, Effort effort) {
        boolean low = effort == Effort.LOW || effort == Effort.MINIMAL;
        switch (model.maker()) {
            case GPT_OSS -> more.put("reasoning_effort", low ? "low" : effort == Effort.MEDIUM ? "medium" : "high");
            case NOVA_2 ->
                // Its high effort forbids a bound on the output, which is nearly always set here.
                more.putObject("reasoningConfig")
                        .put("type", "enabled")
                        .put("maxReasoningEffort", low ? "low" : "medium");
            case CLAUDE, NOVA, OTHER -> losses.drop(CallerField.REASONING);
        }
    }

    private static Effort effort(Reasoning asked) {
        return switch (asked) {
            case Reasoning.Adaptive(Effort effort, boolean shown) when effort != null -> effort;
            case Reasoning.Adaptive any -> Effort.MEDIUM;
            case Reasoning.Budget(long tokens, boolean shown) -> Efforts.effort(tokens);
            case Reasoning.Off off -> Effort.LOW;
        };
    }
}
