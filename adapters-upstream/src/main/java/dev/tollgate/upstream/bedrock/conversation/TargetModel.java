package dev.tollgate.upstream.bedrock.conversation;

import dev.tollgate.upstream.conversation.ClaudeModel;

/**
 * The model a call goes to, as far as its name says what it takes.
 *
 * @param claude what a Claude model takes; of others nothing is asked of it
 */
public record TargetModel(Maker maker, ClaudeModel claude) {
    /** Who made it, where that matters for what is asked beside Converse's own members. */
    public enum Maker {
        CLAUDE,
        NOVA,
        NOVA_2,
        GPT_OSS,
        OTHER
    }

    /**
     * Reads a model's name. It is a Claude model if its id or ARN names {@code anthropic.claude}, with or without a region
     * before it, or if the ARN names no model at all (an application inference profile, provisioned throughput) and what
     * the caller asked for, which the account maps to it, is called Claude.
     */
    public static TargetModel of(String sent, String asked) {
        if (sent.contains("anthropic.claude")) {
            return new TargetModel(Maker.CLAUDE, ClaudeModel.of(sent));
        }
        if (isOpaque(sent) && asked.contains("claude")) {
            return new TargetModel(Maker.CLAUDE, ClaudeModel.of(asked));
        }
        return new TargetModel(other(sent), ClaudeModel.of(""));
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

    public boolean isClaude() {
        return maker == Maker.CLAUDE;
    }
}
