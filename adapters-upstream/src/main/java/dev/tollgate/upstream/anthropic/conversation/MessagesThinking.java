package dev.tollgate.upstream.anthropic.conversation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tollgate.application.relay.conversation.Conversation;
import dev.tollgate.application.relay.conversation.Part;
import dev.tollgate.application.relay.conversation.Reasoning;
import dev.tollgate.application.relay.conversation.Reasoning.Effort;
import dev.tollgate.application.relay.conversation.ToolChoice.Mode;
import dev.tollgate.application.relay.conversation.Turn;
import dev.tollgate.upstream.conversation.CallerField;
import dev.tollgate.upstream.conversation.ClaudeModel;
import dev.tollgate.upstream.conversation.Efforts;
import dev.tollgate.upstream.conversation.Losses;
import dev.tollgate.upstream.conversation.OfferedTools;
import dev.tollgate.upstream.conversation.SpokenTurns;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How much the model is to think, in the one of two forms its age demands. Thinking only tunes: where the API forbids it
 * together with something that means more (a forced tool, an answer the caller began, a history whose thinking blocks
 * were lost), it is switched off for the call and named.
 */
public sealed interface MessagesThinking {
    /** The least budget the API takes; it must also stay below the bound, and the answer needs room as well. */
    long BUDGET_MIN = 1024;

    record Unsaid() implements MessagesThinking {}

    record Off() implements MessagesThinking {}

    record Adaptive(@Nullable String effort, boolean isShown) implements MessagesThinking {}

    record Budget(long tokens) implements MessagesThinking {}

    static MessagesThinking of(
            Conversation conversation,
            SpokenTurns spoken,
            OfferedTools tools,
            ClaudeModel model,
            long bound,
            Losses losses) {
        Reasoning asked = conversation.reasoning();
        MessagesThinking thinking = switch (asked) {
            case null -> new Unsaid();
            case Reasoning.Off off -> off(model, losses);
            case Reasoning.Adaptive(Effort effort, boolean isShown)
            when model.isAdaptive() -> new Adaptive(effort(effort, model), isShown);
            case Reasoning.Budget(long tokens, boolean isShown)
            when model.isAdaptive() -> new Adaptive(effort(Efforts.effort(tokens), model), isShown);
            case Reasoning.Adaptive(Effort effort, boolean isShown) -> within(Efforts.budget(effort), bound);
            case Reasoning.Budget(long tokens, boolean isShown) -> within(tokens, bound);
        };
        boolean wanted = asked != null && !(asked instanceof Reasoning.Off);
        boolean refused =
                wanted && (thinking instanceof Off || !model.thinks() || isForbidden(thinking, spoken, tools));
        if (refused) {
            losses.drop(CallerField.REASONING);
            return new Unsaid();
        }
        return thinking;
    }

    private static MessagesThinking off(ClaudeModel model, Losses losses) {
        if (model.alwaysThinks()) {
            losses.drop(CallerField.REASONING);
        }
        return model.alwaysThinks() || !model.thinks() ? new Unsaid() : new Off();
    }

    /** A budget that leaves the answer a quarter of the bound; off if too little is left to think with. */
    private static MessagesThinking within(long budget, long bound) {
        long most = budget < bound ? budget : bound - bound / 4;
        boolean fits = most < bound && (most >= BUDGET_MIN || BUDGET_MIN < bound);
        return fits ? new Budget(Math.max(most, BUDGET_MIN)) : new Off();
    }

    private static @Nullable String effort(@Nullable Effort effort, ClaudeModel model) {
        return switch (effort) {
            case null -> null;
            case MINIMAL -> "low";
            case LOW, MEDIUM, HIGH, MAX -> effort.name().toLowerCase(Locale.ROOT);
            case XHIGH -> model.knowsHighestEfforts() ? "xhigh" : "high";
        };
    }

    private static boolean isForbidden(MessagesThinking thinking, SpokenTurns spoken, OfferedTools tools) {
        boolean forced = tools.mode() == Mode.REQUIRED;
        List<Turn> turns = spoken.turns();
        boolean begun = turns.getLast().role() == Turn.Role.ASSISTANT;
        return forced || begun || (thinking instanceof Budget && lacksBlocks(turns));
    }

    /** Whether tool results are answered whose turn does not begin with its own thinking; adaptive thinking allows it. */
    private static boolean lacksBlocks(List<Turn> turns) {
        boolean inLoop = turns.getLast().parts().stream().anyMatch(Part.ToolResult.class::isInstance);
        if (!inLoop || turns.size() < 2) {
            return false;
        }
        Part first = turns.get(turns.size() - 2).parts().getFirst();
        return !(first instanceof Part.Thinking || first instanceof Part.Redacted);
    }

    /** The tokens a bound nobody set must have above those for the answer. */
    static long budget(@Nullable Reasoning reasoning) {
        return reasoning instanceof Reasoning.Budget(long tokens, boolean isShown) ? tokens : 0;
    }

    default boolean isOn() {
        return this instanceof Adaptive || this instanceof Budget;
    }

    default void write(ObjectNode body) {
        switch (this) {
            case Unsaid unsaid -> {}
            case Off off -> body.putObject("thinking").put("type", "disabled");
            case Adaptive(String effort, boolean isShown) -> {
                body.putObject("thinking").put("type", "adaptive").put("display", isShown ? "summarized" : "omitted");
                if (effort != null) {
                    body.withObjectProperty("output_config").put("effort", effort);
                }
            }
            case Budget(long tokens) ->
                body.putObject("thinking").put("type", "enabled").put("budget_tokens", tokens);
        }
    }
}
