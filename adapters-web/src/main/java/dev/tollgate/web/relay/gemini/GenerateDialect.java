package dev.tollgate.web.relay.gemini;

import dev.tollgate.application.relay.CallBody;
import dev.tollgate.application.relay.conversation.CallerCodec;
import dev.tollgate.domain.usage.Served;
import dev.tollgate.web.relay.BodyFields;
import dev.tollgate.web.relay.gemini.content.ContentCodec;
import dev.tollgate.web.relay.input.ContentsInput;
import dev.tollgate.web.relay.input.PromptInput;
import java.util.Set;

/** One call of {@code generateContent} or {@code streamGenerateContent}. */
final class GenerateDialect extends GeminiDialect {
    static final String NAME = "generate_content";

    /** The API's own limit. */
    private static final int CANDIDATES_MAX = 8;

    private static final Set<String> ORDINARY_TIERS = Set.of("standard", "unspecified", "service_tier_unspecified");

    private static final ContentCodec CODEC = new ContentCodec();

    GenerateDialect(GeminiCall call) {
        super(call);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public CallerCodec codec() {
        return CODEC;
    }

    @Override
    CallBody body(BodyFields body) {
        GeminiFields fields = new GeminiFields(body);
        fields.sameModel(call().model());
        GeminiFields config = fields.object("generationConfig");
        Long bound = config == null ? null : config.number("maxOutputTokens", 1, BodyFields.OUTPUT_TOKENS_MAX);
        Long candidates = config == null ? null : config.number("candidateCount", 1, CANDIDATES_MAX);
        String tier = fields.word("serviceTier", ORDINARY_TIERS);
        PromptInput input = ContentsInput.of(body.bytes(), body.members(), call().model());
        return new CallBody(
                body.bytes(),
                CallBody.JSON,
                call().model(),
                call().form().isStream(),
                input.bounds(bound, candidates == null ? 1 : candidates.intValue()),
                true,
                new Served(tier, null, null),
                input.sessionHints(),
                input.references());
    }
}
