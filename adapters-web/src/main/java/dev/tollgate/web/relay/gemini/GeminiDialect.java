package dev.tollgate.web.relay.gemini;

import dev.tollgate.application.relay.CallBody;
import dev.tollgate.application.relay.CallBounds;
import dev.tollgate.application.relay.UnitBounds;
import dev.tollgate.domain.usage.Served;
import dev.tollgate.web.relay.BodyFields;
import dev.tollgate.web.relay.BodyReading;
import dev.tollgate.web.relay.Dialect;
import dev.tollgate.web.relay.ErrorShape;
import dev.tollgate.web.relay.input.ContentsInput;
import dev.tollgate.web.relay.input.PromptInput;
import java.util.List;

/** The dialect of one call, made for it: its model, operation and form are in the path and not in the body. */
abstract class GeminiDialect implements Dialect {
    private final GeminiCall call;

    GeminiDialect(GeminiCall call) {
        this.call = call;
    }

    final GeminiCall call() {
        return call;
    }

    @Override
    public final String path() {
        return call.operation();
    }

    @Override
    public final ErrorShape errors() {
        return new GeminiErrors(call.form());
    }

    @Override
    public final BodyReading read(byte[] body) {
        return call.refusal() != null ? new BodyReading.Refused(call.refusal()) : BodyFields.read(body, this::body);
    }

    abstract CallBody body(BodyFields fields);

    /** A body whose answer holds no text. */
    final CallBody withoutOutput(BodyFields fields) {
        PromptInput input = ContentsInput.of(fields.bytes(), fields.members(), call.model());
        return new CallBody(
                fields.bytes(),
                CallBody.JSON,
                call.model(),
                false,
                CallBounds.fixed(input.tokensMax(), 0L, 1, UnitBounds.NONE),
                true,
                Served.ORDINARY,
                List.of(),
                input.references());
    }
}
