package dev.tollgate.upstream.meter;

import java.util.List;

/**
 * Anthropic's models, whose vocabulary is not public. The system prompt that comes with tools is Anthropic's table (docs,
 * "Tool use", "Pricing"); that a schema for the answer and a budget to think add to the prompt is documented, how much is
 * measured, as are all the rest.
 *
 * @param toolPrompt tokens of that system prompt where the model may choose
 * @param toolPromptForced the same where a tool must be called
 * @param inputPercent tokens of what is asked, of a hundred in o200k
 * @param outputPercent tokens of what is answered, of a hundred in o200k: markup and figures take more than prose
 */
record ClaudeFamily(int toolPrompt, int toolPromptForced, int inputPercent, int outputPercent) implements Family {
    private static final int OLDER_INPUT = 105;
    private static final int OLDER_OUTPUT = 115;
    /** "Up to 1.35 times as many tokens" since Opus 4.7 (docs, "Migration guide"). */
    private static final int NEWER = 130;

    /** What the newest have: names come faster than tables. */
    private static final ClaudeFamily NEWEST = new ClaudeFamily(354, 474, NEWER, NEWER);

    private record Named(String part, ClaudeFamily family) {}

    /** The first that a name contains. */
    private static final List<Named> NAMED = List.of(
            new Named("opus-4-8", new ClaudeFamily(290, 410, NEWER, NEWER)),
            new Named("opus-4-7", new ClaudeFamily(675, 804, NEWER, NEWER)),
            older("opus-4-6", 497, 589),
            older("sonnet-4-6", 497, 589),
            older("opus-4-5", 496, 588),
            older("sonnet-4-5", 496, 588),
            older("haiku-4-5", 496, 588),
            older("opus-4", 313, 315),
            older("sonnet-4", 313, 315),
            older("3-7-sonnet", 346, 313),
            older("3-5-sonnet-20240620", 294, 261),
            older("3-5-sonnet", 346, 313),
            older("3-5-haiku", 264, 340),
            older("3-opus", 530, 281),
            older("3-sonnet", 159, 235),
            older("3-haiku", 264, 340),
            older("claude-v2", 346, 313),
            older("claude-2", 346, 313),
            older("claude-instant", 346, 313));

    private static final int FIRST_MESSAGE = 7;
    private static final int PER_MESSAGE = 4;
    private static final int PER_CALL_TOLD = 25;
    private static final int TOOLS_PERCENT = 125;
    private static final int FORMAT_PROMPT = 130;
    private static final int THINKING_PROMPT = 28;
    private static final int ANSWER = 3;
    private static final int PER_CALL = 42;

    private static Named older(String part, int toolPrompt, int toolPromptForced) {
        return new Named(part, new ClaudeFamily(toolPrompt, toolPromptForced, OLDER_INPUT, OLDER_OUTPUT));
    }

    static ClaudeFamily of(String name) {
        return NAMED.stream()
                .filter(named -> name.contains(named.part))
                .map(Named::family)
                .findFirst()
                .orElse(NEWEST);
    }

    @Override
    public Vocabulary vocabulary() {
        return Vocabulary.O200K;
    }

    @Override
    public long input(Prompt prompt) {
        long frames = FIRST_MESSAGE + (long) PER_MESSAGE * Math.max(0, prompt.messages() - 1);
        long words = Family.share(prompt.text(), inputPercent) + prompt.binary();
        long told = (long) PER_CALL_TOLD * (prompt.calls() + prompt.results());
        return frames + words + told + tools(prompt) + format(prompt) + (prompt.thinking() ? THINKING_PROMPT : 0);
    }

    private long tools(Prompt prompt) {
        if (prompt.tools().isEmpty()) {
            return 0;
        }
        long offered = Family.share(vocabulary().tokens(prompt.tools()), TOOLS_PERCENT);
        return offered + (prompt.forced() ? toolPromptForced : toolPrompt);
    }

    private long format(Prompt prompt) {
        return prompt.format().isEmpty()
                ? 0
                : FORMAT_PROMPT + Family.share(vocabulary().tokens(prompt.format()), TOOLS_PERCENT);
    }

    @Override
    public long output(Said said) {
        return ANSWER + Family.share(said.words(), outputPercent) + (long) PER_CALL * said.calls();
    }
}
