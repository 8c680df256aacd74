package dev.tollgate.application.relay.conversation;

import dev.tollgate.domain.usage.TokenUsage;
import org.jspecify.annotations.Nullable;

/**
 * A step of an answer. Always in this order: {@code Began}; then blocks one after another, each {@code Opened}, grown,
 * {@code Closed}, never two open at once; then {@code Finished}. An answer that breaks off lacks the rest.
 */
public sealed interface AnswerEvent {
    /** The answer begins; {@code soFar} is what is known of its usage, at most the input. */
    record Began(TokenUsage soFar) implements AnswerEvent {}

    record Opened(Block block) implements AnswerEvent {}

    /** More text of the open block. */
    record Grew(String piece) implements AnswerEvent {}

    /** The open block's signature. */
    record Signed(Signature signature) implements AnswerEvent {}

    record Closed() implements AnswerEvent {}

    /**
     * The answer is complete.
     *
     * @param stopSequence the caller's that ended it, null if none or not told
     * @param usage of the whole answer, the same that is charged
     */
    record Finished(StopReason reason, @Nullable String stopSequence, TokenUsage usage) implements AnswerEvent {}
}
