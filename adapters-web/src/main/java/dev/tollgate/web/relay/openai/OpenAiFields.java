package dev.tollgate.web.relay.openai;

import dev.tollgate.application.relay.JsonMembers;
import dev.tollgate.domain.usage.Served;
import dev.tollgate.web.relay.BodyFields;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Members several of OpenAI's bodies have. */
final class OpenAiFields {
    private static final Set<String> ORDINARY_TIERS = Set.of("auto", "default");

    private OpenAiFields() {}

    static Served asked(BodyFields fields) {
        return new Served(fields.word("service_tier", ORDINARY_TIERS), null, null);
    }

    static @Nullable Long outputBound(BodyFields fields, String name) {
        return fields.number(name, 1, BodyFields.OUTPUT_TOKENS_MAX);
    }

    /** Whether a stream is asked to tell its usage. */
    static boolean usageAsked(BodyFields fields) {
        JsonMembers options = fields.object("stream_options");
        if (options == null) {
            return false;
        }
        BodyFields optionFields = new BodyFields(fields.bytes(), options);
        boolean asked = optionFields.flag("include_usage");
        if (optionFields.error() != null) {
            fields.refuse("include_usage must be true or false", "stream_options.include_usage");
        }
        return asked;
    }
}
