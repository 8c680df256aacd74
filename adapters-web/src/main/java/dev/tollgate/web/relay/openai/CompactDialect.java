package dev.tollgate.web.relay.openai;

import dev.tollgate.web.relay.BodyFields;
import dev.tollgate.web.relay.BodyReading;
import jakarta.inject.Singleton;

/** A conversation made shorter, which only the platform that is to go on with it can read: never converted. */
@Singleton
public final class CompactDialect extends OpenAiDialect {
    public CompactDialect() {
        super(ResponsesDialect.NAME, "/responses/compact");
    }

    @Override
    public BodyReading read(byte[] body) {
        return BodyFields.read(body, ResponsesDialect::body);
    }
}
