package dev.tollgate.web.relay.openai;

import dev.tollgate.application.relay.CallBody;
import dev.tollgate.application.relay.CallBounds;
import dev.tollgate.application.relay.UnitBounds;
import dev.tollgate.web.relay.BodyFields;
import dev.tollgate.web.relay.BodyReading;
import jakarta.inject.Singleton;

/** Embeddings, which have no output tokens. */
@Singleton
public final class EmbeddingsDialect extends OpenAiDialect {
    public EmbeddingsDialect() {
        super("embeddings", "/embeddings");
    }

    @Override
    public BodyReading read(byte[] body) {
        return BodyFields.read(body, EmbeddingsDialect::body);
    }

    /** A token has at least one byte, given as text or, with what divides them, as a number. */
    private static CallBody body(BodyFields fields) {
        return fields.body(
                fields.model(), false, CallBounds.fixed((long) fields.bytes().length, 0L, 1, UnitBounds.NONE));
    }
}
