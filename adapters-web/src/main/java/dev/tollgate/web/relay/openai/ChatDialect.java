package dev.tollgate.web.relay.openai;

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
import dev.tollgate.web.relay.input.PromptInput;
import dev.tollgate.web.relay.openai.chat.ChatCodec;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Chat completions. */
@Singleton
public final class ChatDialect implements Dialect {
    private static final int CHOICES_MAX = 128;
    private static final Set<String> ORDINARY_TIERS = Set.of("auto", "default");

    private final OpenAiErrors errors = new OpenAiErrors();
    private final ChatCodec codec = new ChatCodec();

    @Override
    public String name() {
        return "chat";
    }

    @Override
    public String path() {
        return "/chat/completions";
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
        Long bound = outputBound(fields);
        Long choices = fields.number("n", 1, CHOICES_MAX);
        boolean usageAsked = usageAsked(fields);
        PromptInput input = PromptInput.ofChat(body, members, model);
        CallError error = fields.error();
        if (error != null) {
            return new BodyReading.Refused(error);
        }
        return new BodyReading.Read(new CallBody(
                body,
                CallBody.JSON,
                model,
                stream,
                input.bounds(bound, choices == null ? 1 : choices.intValue()),
                usageAsked,
                new Served(fields.word("service_tier", ORDINARY_TIERS), null, null),
                input.sessionHints(),
                List.of()));
    }

    /** Where both names are there, servers differ in which they heed: the larger is the bound. */
    private static @Nullable Long outputBound(BodyFields fields) {
        Long newer = fields.number("max_completion_tokens", 1, BodyFields.OUTPUT_TOKENS_MAX);
        Long older = fields.number("max_tokens", 1, BodyFields.OUTPUT_TOKENS_MAX);
        return newer == null || (older != null && older > newer) ? older : newer;
    }

    private static boolean usageAsked(BodyFields fields) {
        JsonMembers options = fields.object("stream_options");
        if (options == null) {
            return false;
        }
        BodyFields optionFields = new BodyFields(options);
        boolean asked = optionFields.flag("include_usage");
        if (optionFields.error() != null) {
            fields.refuse("include_usage must be true or false", "stream_options.include_usage");
        }
        return asked;
    }
}
