package dev.tollgate.application.relay.conversation;

import org.jspecify.annotations.Nullable;

/** What a piece of an answer is. */
public sealed interface Block {
    record Text() implements Block {}

    record Thinking() implements Block {}

    /** Thinking only its provider can read; nothing grows in it. */
    record Redacted(Signature data) implements Block {}

    record Refusal() implements Block {}

    /** A tool call; its arguments, one JSON object, grow in pieces of text. The signature may also come later. */
    record ToolCall(String id, String name, @Nullable Signature signature) implements Block {}
}
