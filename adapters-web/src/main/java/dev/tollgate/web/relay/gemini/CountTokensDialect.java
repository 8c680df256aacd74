package dev.tollgate.web.relay.gemini;

import dev.tollgate.application.relay.CallBody;
import dev.tollgate.web.relay.BodyFields;

/** One call of {@code countTokens}. */
final class CountTokensDialect extends GeminiDialect {
    static final String NAME = "gemini_count_tokens";

    CountTokensDialect(GeminiCall call) {
        super(call);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean isFree() {
        return true;
    }

    @Override
    CallBody body(BodyFields body) {
        GeminiFields fields = new GeminiFields(body);
        fields.sameModel(call().model());
        GeminiFields request = fields.object("generateContentRequest");
        if (request != null) {
            request.sameModel(call().model());
        }
        return withoutOutput(body);
    }
}
