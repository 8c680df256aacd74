package dev.tollgate.web.relay.openai;

import dev.tollgate.application.relay.CallBody;
import dev.tollgate.application.relay.conversation.CallerCodec;
import dev.tollgate.web.relay.BodyFields;
import dev.tollgate.web.relay.BodyReading;
import dev.tollgate.web.relay.input.PromptInput;
import dev.tollgate.web.relay.openai.chat.ChatCodec;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Chat completions. */
@Singleton
public final class ChatDialect extends OpenAiDialect {
    private static final int CHOICES_MAX = 128;

    private final ChatCodec codec = new ChatCodec();

    public ChatDialect() {
        super("chat", "/chat/completions");
    }

    @Override
    public CallerCodec codec() {
        return codec;
    }

    @Override
    public BodyReading read(byte[] body) {
        return BodyFields.read(body, ChatDialect::body);
    }

    private static CallBody body(BodyFields fields) {
        String model = fields.model();
        Long choices = fields.number("n", 1, CHOICES_MAX);
        PromptInput input = PromptInput.ofChat(fields.bytes(), fields.members(), model);
        return new CallBody(
                fields.bytes(),
                CallBody.JSON,
                model,
                fields.flag("stream"),
                input.bounds(outputBound(fields), choices == null ? 1 : choices.intValue()),
                OpenAiFields.usageAsked(fields),
                OpenAiFields.asked(fields),
                input.sessionHints(),
                input.references());
    }

    /** Where both names are there, servers differ in which they heed: the larger is the bound. */
    private static @Nullable Long outputBound(BodyFields fields) {
        Long newer = OpenAiFields.outputBound(fields, "max_completion_tokens");
        Long older = OpenAiFields.outputBound(fields, "max_tokens");
        return newer == null || (older != null && older > newer) ? older : newer;
    }
}
