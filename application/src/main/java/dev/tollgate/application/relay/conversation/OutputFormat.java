package dev.tollgate.application.relay.conversation;

import org.jspecify.annotations.Nullable;

/** The form the answer's text must have. */
public sealed interface OutputFormat {
    OutputFormat TEXT = new Text();

    record Text() implements OutputFormat {}

    /** Any JSON object. */
    record JsonObject() implements OutputFormat {}

    /** JSON of a schema; name, description and strictness null where not said. */
    record JsonSchema(
            @Nullable String name,
            @Nullable String description,
            RawJson schema,
            @Nullable Boolean strict) implements OutputFormat {}
}
