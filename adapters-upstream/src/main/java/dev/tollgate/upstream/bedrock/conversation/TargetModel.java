package dev.tollgate.upstream.bedrock.conversation;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The model a call goes to, as far as its name says what it takes.
 *
 * @param version of a Claude model, 406 for 4.6; of others 0
 */
public record TargetModel(Maker maker, int version) {
    /** Who made it, where that matters for what is asked beside Converse's own members. */
    public enum Maker {
        CLAUDE,
        NOVA,
        NOVA_2,
        GPT_OSS,
        OTHER
    }

    private static final int THINKING = 307;
    private static final int ONE_OF_TWO = 401;
    private static final int STRICT = 405;
    private static final int ADAPTIVE = 406;
    private static final int NO_SAMPLING = 407;
    private static final Pattern NAMED = Pattern.compile("claude-[a-z]+-(\\d{1,2})(?:[-.](\\d{1,2}))?(?!\\d)");
    private static final Pattern NUMBERED = Pattern.compile("claude-v?(\\d)(?:[-.:](\\d)(?!\\d))?");

    /**
     * Reads a model's name. It is a Claude model if its id or ARN names {@code anthropic.claude}, with or without a region
     * before it, or if the ARN names no model at all (an application inference profile, provisioned throughput) and what
     * the caller asked for, which the account maps to it, is called Claude.
     */
    public static TargetModel of(String sent, String asked) {
        if (sent.contains("anthropic.claude")) {
            return new TargetModel(Maker.CLAUDE, version(sent));
        }
        if (isOpaque(sent) && asked.contains("claude")) {
            return new TargetModel(Maker.CLAUDE, version(asked));
        }
        return new TargetModel(other(sent), 0);
    }

    private static boolean isOpaque(String sent) {
        return sent.startsWith("arn:") && !sent.contains(":foundation-model/") && !sent.contains(":inference-profile/");
    }

    private static Maker other(String sent) {
        if (sent.contains("amazon.nova")) {
            return sent.contains("amazon.nova-2") ? Maker.NOVA_2 : Maker.NOVA;
        }
        return sent.contains("openai.gpt-oss") ? Maker.GPT_OSS : Maker.OTHER;
    }

    /** {@code claude-sonnet-4-5-20250929} or, as it was until 3.7, {@code claude-3-7-sonnet-20250219}; an alias is new. */
    private static int version(String name) {
        Matcher named = NAMED.matcher(name);
        if (named.find()) {
            return number(named);
        }
        Matcher numbered = NUMBERED.matcher(name);
        return numbered.find() ? number(numbered) : name.contains("claude-instant") ? 100 : ADAPTIVE;
    }

    private static int number(Matcher found) {
        String minor = found.group(2);
        return Integer.parseInt(found.group(1)) * 100 + (minor == null ? 0 : Integer.parseInt(minor));
    }

    public boolean isClaude() {
        return maker == Maker.CLAUDE;
    }

    /** Whether it can think at all. */
    boolean thinks() {
        return isClaude() && version >= THINKING;
    }

    /** Whether it finds out itself how much to think, and is told an effort rather than a budget. */
    boolean thinksAdaptively() {
        return isClaude() && version >= ADAPTIVE;
    }

    /** Whether it refuses {@code temperature} and {@code top_p} in one call. */
    boolean takesOneSampling() {
        return isClaude() && version >= ONE_OF_TWO;
    }

    /** Whether it refuses any say in how the next token is drawn. */
    boolean takesNoSampling() {
        return isClaude() && version >= NO_SAMPLING;
    }

    /** Whether it can be held to a tool's schema. */
    boolean takesStrictTools() {
        return isClaude() && version >= STRICT;
    }
}
