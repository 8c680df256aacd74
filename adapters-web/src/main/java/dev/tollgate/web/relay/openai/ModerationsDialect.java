package dev.tollgate.web.relay.openai;

import dev.tollgate.application.relay.CallBounds;
import dev.tollgate.application.relay.UnitBounds;
import dev.tollgate.web.relay.BodyFields;
import dev.tollgate.web.relay.BodyReading;
import jakarta.inject.Singleton;

/** Moderations, which OpenAI does not charge for. */
@Singleton
public final class ModerationsDialect extends OpenAiDialect {
    /** What OpenAI takes where none is named (its API reference, 2026). */
    private static final String MODEL_DEFAULT = "omni-moderation-latest";

    public ModerationsDialect() {
        super("moderations", "/moderations");
    }

    @Override
    public boolean isFree() {
        return true;
    }

    @Override
    public BodyReading read(byte[] body) {
        return BodyFields.read(
                body,
                fields ->
                        fields.body(fields.model(MODEL_DEFAULT), false, CallBounds.fixed(0L, 0L, 1, UnitBounds.NONE)));
    }
}
