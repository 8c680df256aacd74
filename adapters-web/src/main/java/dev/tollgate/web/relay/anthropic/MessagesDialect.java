package dev.tollgate.web.relay.anthropic;

import dev.tollgate.application.relay.CallBody;
import dev.tollgate.application.relay.conversation.CallerCodec;
import dev.tollgate.domain.usage.Served;
import dev.tollgate.web.relay.BodyFields;
import dev.tollgate.web.relay.BodyReading;
import dev.tollgate.web.relay.Dialect;
import dev.tollgate.web.relay.ErrorShape;
import dev.tollgate.web.relay.anthropic.messages.MessagesCodec;
import dev.tollgate.web.relay.input.PromptInput;
import jakarta.inject.Singleton;
import java.util.Set;

/** Messages. */
@Singleton
public final class MessagesDialect implements Dialect {
    /** What a member says when it asks for nothing out of the ordinary. */
    private static final Set<String> ORDINARY = Set.of("auto", "standard_only", "standard", "global");

    private final AnthropicErrors errors = new AnthropicErrors();
    private final MessagesCodec codec = new MessagesCodec();

    @Override
    public String name() {
        return "messages";
    }

    @Override
    public String path() {
        return "/messages";
    }

    @Override
    public ErrorShape errors() {
        return errors;
    }

    @Override
    public CallerCodec codec() {
        return codec;
    }

    @Override
    public BodyReading read(byte[] body) {
        return BodyFields.read(body, MessagesDialect::body);
    }

    private static CallBody body(BodyFields fields) {
        PromptInput input = PromptInput.ofMessages(fields.bytes(), fields.members());
        return new CallBody(
                fields.bytes(),
                CallBody.JSON,
                fields.model(),
                fields.flag("stream"),
                input.bounds(fields.number("max_tokens", 1, BodyFields.OUTPUT_TOKENS_MAX), 1),
                true,
                asked(fields),
                input.sessionHints(),
                input.references());
    }

    private static Served asked(BodyFields fields) {
        return new Served(
                fields.word("service_tier", ORDINARY),
                fields.word("speed", ORDINARY),
                fields.word("inference_geo", ORDINARY));
    }
}
