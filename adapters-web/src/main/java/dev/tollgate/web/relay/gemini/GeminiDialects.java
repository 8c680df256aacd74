package dev.tollgate.web.relay.gemini;

import dev.tollgate.web.relay.Dialect;
import java.util.Set;

/** Gemini's dialects for calls that came in no path of their own. */
public final class GeminiDialects {
    /** What they are called in records. */
    public static final Set<String> NAMES = Set.of(GenerateDialect.NAME, EmbedDialect.NAME, CountTokensDialect.NAME);

    private static final String RESOURCE = "models/";

    private GeminiDialects() {}

    /**
     * The dialect of that name.
     *
     * @param model with or without {@code models/} before it
     */
    public static Dialect of(String name, String model) {
        String plain = model.startsWith(RESOURCE) ? model.substring(RESOURCE.length()) : model;
        return switch (name) {
            case GenerateDialect.NAME -> new GenerateDialect(call(plain, GeminiCall.GENERATE));
            case EmbedDialect.NAME -> new EmbedDialect(call(plain, GeminiCall.EMBED));
            case CountTokensDialect.NAME -> new CountTokensDialect(call(plain, GeminiCall.COUNT));
            default -> throw new IllegalArgumentException("no dialect of Gemini's: " + name);
        };
    }

    private static GeminiCall call(String model, String operation) {
        return GeminiCall.of(model, operation, AnswerForm.DOCUMENT);
    }
}
