package dev.tollgate.web.relay.gemini;

import dev.tollgate.web.relay.Dialect;

/** The dialect of {@code generateContent} for calls that came in no path of its own. */
public final class GenerateDialects {
    /** The name it has in records. */
    public static final String NAME = "generate_content";

    private static final String RESOURCE = "models/";

    private GenerateDialects() {}

    /** @param model with or without {@code models/} before it */
    public static Dialect of(String model) {
        String name = model.startsWith(RESOURCE) ? model.substring(RESOURCE.length()) : model;
        return new GenerateDialect(GeminiCall.of(name, GeminiCall.GENERATE, AnswerForm.DOCUMENT));
    }
}
