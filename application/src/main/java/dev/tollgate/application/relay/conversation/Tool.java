package dev.tollgate.application.relay.conversation;

import org.jspecify.annotations.Nullable;

/** What the model may use. */
public sealed interface Tool {
    /**
     * The caller's own.
     *
     * @param description null if it has none
     * @param parameters a JSON schema of an object
     * @param strict null where the caller did not say
     * @param freeText whether the caller takes one text and no object (Responses' {@code custom}); its {@code parameters}
     *     then say one string {@code input}
     */
    record Function(
            String name,
            @Nullable String description,
            RawJson parameters,
            @Nullable Boolean strict,
            boolean freeText) implements Tool {}

    /**
     * The provider's search of the web, the one hosted tool most providers have.
     *
     * @param field where it stands in the caller's body, for {@code x-tollgate-dropped}
     * @param usesMax null where the caller set no bound
     */
    record WebSearch(String field, @Nullable Long usesMax) implements Tool {}
}
