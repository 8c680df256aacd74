package dev.tollgate.application.relay.conversation;

import org.jspecify.annotations.Nullable;

/** Where the bytes of an image, a sound or a file are. A provider's own file ids are foreign to others and have no form. */
public sealed interface Media {
    /** In the request itself. */
    record Inline(String mimeType, String base64) implements Media {}

    /** A text file in the request itself. */
    record PlainText(String text) implements Media {}

    /** At an http or https address; {@code mimeType} null if not said. */
    record Url(String url, @Nullable String mimeType) implements Media {}
}
