package dev.tollgate.upstream.openai.conversation;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a model behind chat completions takes, by its name. OpenAI's reasoning models ({@code o1} and later o-models,
 * {@code gpt-5} and later but for its chat variants) refuse sampling parameters; of others' models only those known for
 * an effort are told one.
 *
 * @param kind of model
 * @param version of a GPT model times ten: 54 is 5.4; 0 for others
 */
record ChatModel(Kind kind, int version) {
    private static final Pattern GPT = Pattern.compile("gpt-(\\d)(?:\\.(\\d))?(?!\\d).*");
    private static final Pattern O_MODEL = Pattern.compile("o[1-9]([-.].*)?");
    private static final Pattern TOLD_EFFORT = Pattern.compile("gpt-oss.*");
    private static final int FIRST_REASONING_GPT = 50;
    private static final int FIRST_WITHOUT_MINIMAL = 51;
    private static final int FIRST_WITH_XHIGH = 52;
    private static final int FIRST_WITHOUT_TOOLS_AND_EFFORT = 54;

    enum Kind {
        O_MODEL,
        REASONING_GPT,
        /** An open one that takes an effort beside all else. */
        TOLD_EFFORT,
        GEMINI,
        SEARCH,
        OTHER
    }

    static ChatModel of(String model) {
        String name = model.substring(model.lastIndexOf('/') + 1);
        Matcher gpt = GPT.matcher(name);
        int version = gpt.matches()
                ? Integer.parseInt(gpt.group(1)) * 10 + (gpt.group(2) == null ? 0 : Integer.parseInt(gpt.group(2)))
                : 0;
        return new ChatModel(kind(name, version), version);
    }

    private static Kind kind(String name, int version) {
        if (name.contains("-search-")) {
            return Kind.SEARCH;
        }
        if (O_MODEL.matcher(name).matches()) {
            return Kind.O_MODEL;
        }
        if (version >= FIRST_REASONING_GPT && !name.contains("-chat")) {
            return Kind.REASONING_GPT;
        }
        if (name.startsWith("gemini")) {
            return Kind.GEMINI;
        }
        return TOLD_EFFORT.matcher(name).matches() ? Kind.TOLD_EFFORT : Kind.OTHER;
    }

    boolean isReasoning() {
        return kind == Kind.O_MODEL || kind == Kind.REASONING_GPT;
    }

    boolean takesSampling() {
        return !isReasoning() && kind != Kind.SEARCH;
    }

    /** OpenAI's own models take the newer name, its reasoning models only that; compatible servers know the older. */
    String boundName(boolean compatibleServer) {
        return isReasoning() || !compatibleServer ? "max_completion_tokens" : "max_tokens";
    }

    boolean takesEffort() {
        return isReasoning() || kind == Kind.TOLD_EFFORT || kind == Kind.GEMINI;
    }

    /** From 5.4 on chat completions refuse functions together with any effort but none, even the model's own. */
    boolean takesToolsOnlyWithoutEffort() {
        return kind == Kind.REASONING_GPT && version >= FIRST_WITHOUT_TOOLS_AND_EFFORT;
    }

    /** What comes nearest to not thinking at all; the o-models always think. */
    String leastEffort() {
        boolean knowsNone = kind == Kind.GEMINI || version >= FIRST_WITHOUT_MINIMAL;
        return knowsNone ? "none" : version >= FIRST_REASONING_GPT ? "minimal" : "low";
    }

    /** {@code minimal} was known to 5.0 only. */
    String minimalEffort() {
        return version == FIRST_REASONING_GPT ? "minimal" : "low";
    }

    String highestEffort() {
        return version >= FIRST_WITH_XHIGH ? "xhigh" : "high";
    }
}
