package dev.tollgate.upstream.bedrock.conversation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tollgate.application.relay.conversation.Part;
import dev.tollgate.application.relay.conversation.Reasoning;
import dev.tollgate.application.relay.conversation.Reasoning.Effort;
import dev.tollgate.application.relay.conversation.Turn;
import dev.tollgate.application.relay.conversation.Turn.Role;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How much to think, in the words each maker has for it; Converse itself has none. */
final class ConverseThinking {
    private static final long BUDGET_MIN = 1024;
    private static final int SUMMARIZED_SINCE = 407;

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
            ObjectNode more, @Nullable Reasoning asked, @Nullable Long bound, boolean toolForced, List<Turn> turns) {
        if (asked == null || asked instanceof Reasoning.Off) {
            return false;
        }
        switch (model.maker()) {
            case CLAUDE -> {
                return writeClaude(more, asked, bound, toolForced, turns);
            }
            case GPT_OSS -> more.put("reasoning_effort", low(effort(asked)) ? "low" : upToHigh(effort(asked)));
            case NOVA_2 -> {
                // Its high effort forbids a bound on the output, which is always set here.
                ObjectNode config = more.putObject("reasoningConfig");
                config.put("type", "enabled").put("maxReasoningEffort", low(effort(asked)) ? "low" : "medium");
            }
            case NOVA, OTHER -> losses.drop(CallerField.REASONING);
        }
        return false;
    }

    /**
     * Claude cannot think where a tool is forced, where it is to go on with a text, or where its last thoughts before a
     * tool's result are lost.
     */
    private boolean writeClaude(
            ObjectNode more, Reasoning asked, @Nullable Long bound, boolean toolForced, List<Turn> turns) {
        boolean adaptive = model.thinksAdaptively();
        boolean lost = !adaptive && hasLostItsThoughts(turns);
        boolean prefill = turns.get(turns.size() - 1).role() == Role.ASSISTANT;
        boolean room = adaptive || bound == null || bound > BUDGET_MIN;
        if (!model.thinks() || toolForced || lost || prefill || !room) {
            losses.drop(CallerField.REASONING);
            return false;
        }
        ObjectNode thinking = more.putObject("thinking");
        if (adaptive) {
            thinking.put("type", "adaptive");
            if (asked.isShown() && model.version() >= SUMMARIZED_SINCE) {
                thinking.put("display", "summarized");
            }
            Effort effort = effort(asked);
            if (effort != null) {
                more.putObject("output_config").put("effort", claudes(effort));
            }
        } else {
            long most = bound == null ? Long.MAX_VALUE : bound - 1;
            thinking.put("type", "enabled").put("budget_tokens", Math.clamp(budget(asked), BUDGET_MIN, most));
        }
        return true;
    }

    private static boolean hasLostItsThoughts(List<Turn> turns) {
        int last = turns.size() - 1;
        boolean goesOn = last > 0 && turns.get(last).parts().stream().anyMatch(Part.ToolResult.class::isInstance);
        if (!goesOn) {
            return false;
        }
        Part first = turns.get(last - 1).parts().get(0);
        return !(first instanceof Part.Thinking || first instanceof Part.Redacted);
    }

    private String claudes(Effort effort) {
        return switch (effort) {
            case MINIMAL, LOW -> "low";
            case MEDIUM, HIGH, MAX -> effort.name().toLowerCase(Locale.ROOT);
            case XHIGH -> model.version() >= SUMMARIZED_SINCE ? "xhigh" : "high";
        };
    }

    /** Budgets for efforts as relays in the field set them; efforts for budgets by the same scale. */
    private static long budget(Reasoning asked) {
        if (asked instanceof Reasoning.Budget(long tokens, boolean shown)) {
            return tokens;
        }
        Effort effort = effort(asked);
        return switch (effort == null ? Effort.HIGH : effort) {
            case MINIMAL -> BUDGET_MIN;
            case LOW -> 1280;
            case MEDIUM -> 2048;
            case HIGH -> 4096;
            case XHIGH -> 8192;
            case MAX -> 16384;
        };
    }

    private static @Nullable Effort effort(Reasoning asked) {
        return switch (asked) {
            case Reasoning.Off off -> null;
            case Reasoning.Adaptive(Effort effort, boolean shown) -> effort;
            case Reasoning.Budget(long tokens, boolean shown) ->
                tokens < 2048 ? Effort.LOW : tokens < 8192 ? Effort.MEDIUM : Effort.HIGH;
        };
    }

    private static boolean low(@Nullable Effort effort) {
        return effort == Effort.LOW || effort == Effort.MINIMAL;
    }

    private static String upToHigh(@Nullable Effort effort) {
        return effort == null || effort == Effort.MEDIUM ? "medium" : "high";
    }
}
