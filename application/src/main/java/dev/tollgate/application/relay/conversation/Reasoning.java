package dev.tollgate.application.relay.conversation;

import org.jspecify.annotations.Nullable;

/** How much the model is to think before it answers. */
public sealed interface Reasoning {
    /** Not at all. */
    record Off() implements Reasoning {
        @Override
        public boolean isShown() {
            return false;
        }
    }

    /** As much as it finds right, at an effort; null: the model's own. */
    record Adaptive(@Nullable Effort effort, boolean isShown) implements Reasoning {}

    /** At most so many tokens. */
    record Budget(long tokens, boolean isShown) implements Reasoning {}

    /** Whether the caller wants to see thoughts or a summary of them. */
    boolean isShown();

    enum Effort {
        MINIMAL,
        LOW,
        MEDIUM,
        HIGH,
        XHIGH,
        MAX
    }
}
