package dev.tollgate.web.relay.anthropic;

import dev.tollgate.application.relay.CallBody;
import dev.tollgate.application.relay.CallError;
import dev.tollgate.application.relay.JsonMembers;
import dev.tollgate.application.relay.JsonScan;
import dev.tollgate.application.relay.conversation.CallerCodec;
import dev.tollgate.domain.usage.Served;
import dev.tollgate.web.relay.BodyFields;
import dev.tollgate.web.relay.BodyReading;
import dev.tollgate.web.relay.Dialect;
import dev.tollgate.web.relay.ErrorShape;
import dev.tollgate.web.relay.anthropic.messages.MessagesCodec;
import dev.tollgate.web.relay.input.PromptInput;
import jakarta.inject.Singleton;
import java.util.List;
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
        return switch (JsonMembers.scan(body)) {
            case JsonScan.Malformed malformed -> new BodyReading.Refused(BodyFields.malformed(malformed));
            case JsonMembers members -> read(body, members);
        };
    }

    private static BodyReading read(byte[] body, JsonMembers members) {
        BodyFields fields = new BodyFields(members);
        String model = fields.model();
        boolean stream = fields.flag("stream");
        Long bound = fields.number("max_tokens", 1, BodyFields.OUTPUT_TOKENS_MAX);
        PromptInput input = PromptInput.ofMessages(body, members);
        CallError error = fields.error();
        if (error != null) {
            return new BodyReading.Refused(error);
        }
        Served asked = new Served(
                fields.word("service_tier", ORDINARY),
                fields.word("speed", ORDINARY),
                fields.word("inference_geo", ORDINARY));
        return new BodyReading.Read(new CallBody(
                body,
                CallBody.JSON,
                model,
                stream,
                input.bounds(bound, 1),
                true,
                asked,
                input.sessionHints(),
                List.of()));
    }
}
