package dev.tollgate.web.relay.gemini;

import dev.tollgate.application.relay.CallBody;
import dev.tollgate.web.relay.BodyFields;

/** One call of {@code embedContent} or {@code batchEmbedContents}. */
final class EmbedDialect extends GeminiDialect {
    static final String NAME = "embed_content";

    EmbedDialect(GeminiCall call) {
        super(call);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    CallBody body(BodyFields body) {
        GeminiFields fields = new GeminiFields(body);
        fields.sameModel(call().model());
        fields.objects("requests").forEach(request -> request.sameModel(call().model()));
        return withoutOutput(body);
    }
}
