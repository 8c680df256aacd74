package dev.tollgate.web.relay.anthropic;

import dev.tollgate.application.relay.CallBounds;
import dev.tollgate.application.relay.UnitBounds;
import dev.tollgate.web.relay.BodyFields;
import dev.tollgate.web.relay.BodyReading;
import dev.tollgate.web.relay.Dialect;
import dev.tollgate.web.relay.ErrorShape;
import jakarta.inject.Singleton;

/** The tokens a message would have, counted before it is sent, at no charge. */
@Singleton
public final class CountTokensDialect implements Dialect {
    private final AnthropicErrors errors = new AnthropicErrors();

    @Override
    public String name() {
        return "count_tokens";
    }

    @Override
    public String path() {
        return "/messages/count_tokens";
    }

    @Override
    public ErrorShape errors() {
        return errors;
    }

    @Override
    public boolean isFree() {
        return true;
    }

    @Override
    public BodyReading read(byte[] body) {
        return BodyFields.read(
                body, fields -> fields.body(fields.model(), false, CallBounds.fixed(0L, 0L, 1, UnitBounds.NONE)));
    }
}
