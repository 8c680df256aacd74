package dev.tollgate.web.relay.openai;

import dev.tollgate.application.relay.CallBody;
import dev.tollgate.application.relay.CallBounds;
import dev.tollgate.web.relay.BodyFields;
import dev.tollgate.web.relay.BodyReading;
import dev.tollgate.web.relay.input.PromptList;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Completions of a text, the oldest of OpenAI's calls. */
@Singleton
public final class CompletionsDialect extends OpenAiDialect {
    private static final int CHOICES_MAX = 128;

    public CompletionsDialect() {
        super("completions", "/completions");
    }

    @Override
    public BodyReading read(byte[] body) {
        return BodyFields.read(body, CompletionsDialect::body);
    }

    private static CallBody body(BodyFields fields) {
        Long output = OpenAiFields.outputBound(fields, "max_tokens");
        return new CallBody(
                fields.bytes(),
                CallBody.JSON,
                fields.model(),
                fields.flag("stream"),
                new CallBounds((long) fields.bytes().length, output, answers(fields), Map.of()),
                OpenAiFields.usageAsked(fields),
                OpenAiFields.asked(fields),
                List.of(),
                List.of());
    }

    /** Each prompt of a list is completed so often, and what is thrown away for the best is billed too. */
    private static int answers(BodyFields fields) {
        long prompts = PromptList.size(fields.bytes(), fields.members().value("prompt"));
        long each =
                Math.max(orOne(fields.number("n", 1, CHOICES_MAX)), orOne(fields.number("best_of", 1, CHOICES_MAX)));
        return (int) Math.min(prompts * each, Integer.MAX_VALUE);
    }

    private static long orOne(@Nullable Long number) {
        return number == null ? 1 : number;
    }
}
