package dev.tollgate.upstream.conversation;

import dev.tollgate.application.relay.conversation.Reasoning.Effort;
import org.jspecify.annotations.Nullable;

/** How the efforts of one provider compare with the token budgets of another; convention, no provider's own table. */
public final class Efforts {
    private static final long LOW_MAX = 2048;
    private static final long MEDIUM_MAX = 8192;

    private Efforts() {}

    /** The budget in tokens that comes near an effort; null is a medium one. */
    public static long budget(@Nullable Effort effort) {
        return switch (effort) {
            case MINIMAL -> 1024;
            case LOW -> 1280;
            case null -> 2048;
            case MEDIUM -> 2048;
            case HIGH -> 4096;
            case XHIGH -> 8192;
            case MAX -> 16_384;
        };
    }

    /** The effort that comes near a budget. */
    public static Effort effort(long budget) {
        return budget <= LOW_MAX ? Effort.LOW : budget <= MEDIUM_MAX ? Effort.MEDIUM : Effort.HIGH;
    }
}
