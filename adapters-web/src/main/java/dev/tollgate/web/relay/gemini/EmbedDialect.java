package dev.tollgate.web.relay.gemini;

import dev.tollgate.application.relay.CallBody;
import dev.tollgate.web.relay.BodyFields;

/** One call of {@code embedContent} or {@code batchEmbedContents}. */
final class EmbedDialect extends GeminiDialect {
    EmbedDialect(GeminiCall call) {
        super(call);
    }

    @Override
    public String name() {
        return "embed_content";
    }

    @Override
    CallBody body(BodyFields body) {
        GeminiFields fields = new GeminiFields(body);
        fields.sameModel(call().model());
        fields.objects("requests").forEach(request -> request.sameModel(call().model()));
        return withoutOutput(body);
    }
}
