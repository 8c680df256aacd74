package dev.tollgate.application.relay.conversation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A piece of a turn. */
public sealed interface Part {
    record Text(String text) implements Part {}

    /** A picture; {@code detail} is OpenAI's {@code low}, {@code high} or {@code auto}, null if not said. */
    record Image(Media media, @Nullable String detail) implements Part {}

    /** A file to read, a PDF or a text; {@code name} null if it has none. */
    record Document(Media media, @Nullable String name) implements Part {}

    /** Sound to listen to. */
    record Audio(Media.Inline media) implements Part {}

    /** What the model thought; {@code signature} null if its dialect carries none. */
    record Thinking(String text, @Nullable Signature signature) implements Part {}

    /** Thinking only its provider can read. */
    record Redacted(Signature data) implements Part {}

    /**
     * The model asks for a tool.
     *
     * @param id pairs it with its result; unique in the conversation
     * @param arguments a JSON object; for a free-text tool one with the single string member {@code input}
     * @param signature what the provider wants back with it (Gemini's {@code thoughtSignature}), null if nothing
     */
    record ToolCall(
            String id,
            String name,
            RawJson arguments,
            @Nullable Signature signature) implements Part {}

    /**
     * What a tool said; parts are texts, images and documents.
     *
     * @param name the tool's, found by the call's id; null if no call of that id stands before it
     */
    record ToolResult(String callId, @Nullable String name, List<Part> content, boolean isError) implements Part {
        public ToolResult {
            content = List.copyOf(content);
        }
    }

    /** The model declined. */
    record Refusal(String text) implements Part {}
}
