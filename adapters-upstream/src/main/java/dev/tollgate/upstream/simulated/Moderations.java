package dev.tollgate.upstream.simulated;

import static dev.tollgate.upstream.http.JsonEdits.quoted;

import dev.tollgate.application.relay.UpstreamRequest;
import dev.tollgate.upstream.meter.JsonTree;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Answers to calls for a moderation, which object to nothing. */
final class Moderations {
    /** OpenAI's (API reference of moderations, 2026). */
    private static final List<String> CATEGORIES = List.of(
            "harassment",
            "harassment/threatening",
            "sexual",
            "sexual/minors",
            "hate",
            "hate/threatening",
            "illicit",
            "illicit/violent",
            "self-harm",
            "self-harm/intent",
            "self-harm/instructions",
            "violence",
            "violence/graphic");

    private static final String RESULT = "{\"flagged\":false,\"categories\":" + each("false") + ",\"category_scores\":"
            + each("0.00001") + ",\"category_applied_input_types\":" + each("[\"text\"]") + "}";

    private Moderations() {}

    private static String each(String value) {
        return CATEGORIES.stream()
                .map(category -> quoted(category) + ":" + value)
                .collect(Collectors.joining(",", "{", "}"));
    }

    static String answer(UpstreamRequest request) {
        byte[] body = request.call().body().bytes();
        Map<String, Object> members = JsonTree.members(body, 0, body.length, Set.of("input"));
        int results = results(members == null ? null : members.get("input"));
        return "{\"id\":" + quoted("modr-" + request.call().id().text()) + ",\"model\":" + quoted(request.sentModel())
                + ",\"results\":[" + String.join(",", Collections.nCopies(results, RESULT)) + "]}";
    }

    /** Several texts have a result each, the parts of one input have one together. */
    private static int results(@Nullable Object input) {
        return input instanceof List<?> list && list.stream().allMatch(String.class::isInstance) ? list.size() : 1;
    }
}
