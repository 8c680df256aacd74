package dev.tollgate.web.relay.openai;

import dev.tollgate.application.relay.CallBody;
import dev.tollgate.application.relay.conversation.CallerCodec;
import dev.tollgate.web.relay.BodyFields;
import dev.tollgate.web.relay.BodyReading;
import dev.tollgate.web.relay.input.PromptInput;
import dev.tollgate.web.relay.openai.responses.ResponsesCodec;
import jakarta.inject.Singleton;

/** Responses. */
@Singleton
public final class ResponsesDialect extends OpenAiDialect {
    static final String NAME = "responses";

    private final ResponsesCodec codec = new ResponsesCodec();

    public ResponsesDialect() {
        super(NAME, "/responses", new ResponsesErrors());
    }

    @Override
    public CallerCodec codec() {
        return codec;
    }

    @Override
    public BodyReading read(byte[] body) {
        return BodyFields.read(body, ResponsesDialect::body);
    }

    static CallBody body(BodyFields fields) {
        if (fields.flag("background") && !fields.flag("stream")) {
            // what nobody listens to is fetched later, by a path there is not, and billed to nobody
            fields.refuse("answers made in the background are relayed only as streams", "background");
        }
        PromptInput input = PromptInput.ofResponses(fields.bytes(), fields.members());
        return new CallBody(
                fields.bytes(),
                CallBody.JSON,
                fields.model(),
                fields.flag("stream"),
                input.bounds(OpenAiFields.outputBound(fields, "max_output_tokens"), 1),
                true,
                OpenAiFields.asked(fields),
                input.sessionHints(),
                input.references());
    }
}
