package dev.tollgate.upstream.meter;

import dev.tollgate.application.relay.UpstreamRequest;
import dev.tollgate.domain.account.AccountType;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How models of one kind count tokens, as far as that is known from outside. The figures are measured, and where a vendor
 * documents them the source is named; docs/estimates.md tells how well they do.
 */
sealed interface Family permits ClaudeFamily, GeminiFamily, GptFamily, OtherFamily {
    /** The vocabulary whose count everything starts from. */
    Vocabulary vocabulary();

    /** The input tokens of a prompt; takes time. */
    long input(Prompt prompt);

    /** The output tokens of an answer that was not nothing. */
    long output(Said said);

    /** Of the model that was called; a name that says nothing (a deployment's) is what its account usually serves. */
    static Family of(UpstreamRequest request) {
        return of(
                request.sentModel(),
                request.call().body().model(),
                request.account().type());
    }

    /** The same by the names a model was sent and asked for under, and its account's type, null if there is none. */
    static Family of(String sentModel, String askedModel, @Nullable AccountType type) {
        Family sent = of(sentModel);
        Family asked = sent == OtherFamily.OTHER ? of(askedModel) : sent;
        if (asked != OtherFamily.OTHER || type == null) {
            return asked;
        }
        return switch (type) {
            case OPENAI, AZURE_OPENAI -> GptFamily.CURRENT;
            case CLAUDE, CLAUDE_OAUTH -> ClaudeFamily.of("");
            case GEMINI -> GeminiFamily.GEMINI;
            case BEDROCK, SIMULATED -> OtherFamily.OTHER;
        };
    }

    /** By a model's name, with whatever a platform puts around it. */
    static Family of(String model) {
        String name = model.toLowerCase(Locale.ROOT);
        if (name.contains("claude")) {
            return ClaudeFamily.of(name);
        }
        if (name.contains("gemini") || name.contains("gemma")) {
            return GeminiFamily.GEMINI;
        }
        return GptFamily.isOne(name) ? GptFamily.of(name) : OtherFamily.OTHER;
    }

    /** A share of a count, rounded. */
    static long share(long count, int percent) {
        return (count * percent + 50) / 100;
    }
}
