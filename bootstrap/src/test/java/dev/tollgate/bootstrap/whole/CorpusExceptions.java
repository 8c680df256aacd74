package dev.tollgate.bootstrap.whole;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What of the corpus is not replayed, and why. */
final class CorpusExceptions {
    private static final String NO_PATH = "the contract has no path for it";

    private static final Map<String, String> BY_API = Map.of(
            "responses_cancel", NO_PATH,
            "responses_retrieve", NO_PATH,
            "responses_input_tokens", NO_PATH,
            "cachedContents", NO_PATH,
            "predict", NO_PATH,
            "models", "the gateway lists its own models and asks nobody");

    private static final Map<String, String> BY_ID = Map.of(
            "anthropic-oauth.messages.n003.claude-oauth-200-unified-rejected-overage", "its body was not kept",
            "openai.completions.n001.error-400-err-invalid-request-error",
                    "its max_tokens of -1 is refused here, with the status it had there",
            "openai.responses.n016.basic",
                    "it is made in the background, which is refused: the contract has no path to fetch it",
            "bedrock.count_tokens.n001.error-400", "no dialect's count is asked of Bedrock",
            "bedrock.invoke_model.n006.basic", "no dialect's embeddings are asked of Bedrock");

    private static final Set<String> NONSENSE = Set.of(
            "openai.responses.s008.stream-response-incomplete", "openai.responses.s023.programmatic-tool-calling-2");

    private CorpusExceptions() {}

    /** Whether its usage cannot be true, no token at all for an answer with words: then they are counted here. */
    static boolean isNonsense(Recording recording) {
        return NONSENSE.contains(recording.id());
    }

    /** Null if it is replayed. */
    static @Nullable String reason(Recording recording) {
        String reason = BY_ID.get(recording.id());
        return reason == null ? BY_API.get(recording.api()) : reason;
    }
}
