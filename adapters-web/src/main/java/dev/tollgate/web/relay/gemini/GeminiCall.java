package dev.tollgate.web.relay.gemini;

import dev.tollgate.application.relay.CallError;
import io.micronaut.http.HttpRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a call's path and query say: {@code /v1beta/models/MODEL:OPERATION?alt=FORM}.
 *
 * @param operation with its colon
 * @param refusal what is wrong with the query or the model's name, null if nothing is
 */
record GeminiCall(
        String model,
        String operation,
        AnswerForm form,
        @Nullable CallError refusal) {
    static final String GENERATE = ":generateContent";
    static final String STREAM = ":streamGenerateContent";
    static final String COUNT = ":countTokens";
    static final String EMBED = ":embedContent";
    static final String EMBED_BATCH = ":batchEmbedContents";

    private static final int MODEL_BYTES_MAX = 256;
    private static final String MODELS = "/v1beta/models/";

    static GeminiCall of(HttpRequest<?> request) {
        String path = request.getUri().getRawPath();
        String name = decoded(path.substring(path.indexOf(MODELS) + MODELS.length()));
        int colon = name.lastIndexOf(':');
        String model = colon < 0 ? name : name.substring(0, colon);
        String operation = colon < 0 ? "" : name.substring(colon);
        Query query = Query.of(request.getUri().getRawQuery());
        AnswerForm form = query.form(operation.equals(STREAM));
        return new GeminiCall(model, operation, form, refusal(model, operation, form, query));
    }

    /** A call that has no path, for it was not made. */
    static GeminiCall of(String model, String operation, AnswerForm form) {
        return new GeminiCall(model, operation, form, refusal(model, operation, form, Query.of(null)));
    }

    private static @Nullable CallError refusal(String model, String operation, AnswerForm form, Query query) {
        boolean nameless = model.isBlank() || model.chars().anyMatch(Character::isISOControl);
        if (nameless || model.getBytes(StandardCharsets.UTF_8).length > MODEL_BYTES_MAX) {
            return invalid("The path must name a model: " + MODELS + "MODEL:generateContent", "model");
        }
        boolean streamsNever = !operation.equals(GENERATE) && !operation.equals(STREAM);
        if (query.isOtherForm() || (streamsNever && form == AnswerForm.EVENTS)) {
            return invalid("Invalid value for 'alt': answers are JSON, those of generateContent also 'sse'.", "alt");
        }
        return query.unmetered() == null
                ? null
                : invalid(
                        "The parameter '" + query.unmetered() + "' is not taken: it would hide an answer's usage.",
                        query.unmetered());
    }

    static CallError invalid(String message, String field) {
        CallError.Code code = CallError.Code.INVALID_REQUEST;
        return new CallError(code, code.status(), message, field, null);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException undecodable) {
            return text;
        }
    }

    /**
     * The parameters every Google API takes, with or without a dollar sign.
     *
     * @param alt the form asked for, empty if none
     * @param unmetered a parameter that changes an answer so that its usage cannot be read, null if there is none
     */
    private record Query(String alt, @Nullable String unmetered) {
        private static final List<String> UNMETERED = List.of("fields", "callback");

        static Query of(@Nullable String raw) {
            String alt = "";
            String unmetered = null;
            for (String parameter : raw == null ? new String[0] : raw.split("&", -1)) {
                int equals = parameter.indexOf('=');
                String name = decoded(equals < 0 ? parameter : parameter.substring(0, equals))
                        .replace("$", "");
                if (name.equals("alt")) {
                    alt = equals < 0 ? "" : decoded(parameter.substring(equals + 1));
                } else if (UNMETERED.contains(name)) {
                    unmetered = name;
                }
            }
            return new Query(alt, unmetered);
        }

        boolean isOtherForm() {
            return !alt.isEmpty() && !alt.equals("json") && !alt.equals("sse");
        }

        AnswerForm form(boolean streams) {
            if (alt.equals("sse")) {
                return AnswerForm.EVENTS;
            }
            return streams ? AnswerForm.ARRAY : AnswerForm.DOCUMENT;
        }
    }
}
