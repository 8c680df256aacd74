package dev.tollgate.upstream.bedrock;

import dev.tollgate.application.relay.CallError;
import dev.tollgate.application.relay.Header;
import dev.tollgate.application.relay.JsonMembers;
import dev.tollgate.application.relay.UpstreamRequest;
import dev.tollgate.upstream.anthropic.MessagesWire;
import dev.tollgate.upstream.http.JsonEdits;
import dev.tollgate.upstream.meter.JsonTree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A messages request as InvokeModel takes it: the model is in the path and whether to stream in the operation, the
 * version and the betas are members of the body. Every other member goes as it came.
 */
final class ClaudeBody {
    private static final String VERSION = "\"anthropic_version\":\"bedrock-2023-05-31\"";
    private static final String BETA_HEADER = "anthropic-beta";
    private static final String BETA = "anthropic_beta";
    private static final Set<String> REPLACED = Set.of("model", "stream", "anthropic_version", BETA);
    /** Members that only tune how the provider's own service serves a call; Bedrock refuses what it does not know. */
    private static final Set<String> UNKNOWN = Set.of("service_tier", "speed", "inference_geo");

    /**
     * The betas Bedrock knows; any other makes it refuse the call as an invalid beta flag. From AWS's page on Claude's
     * request body, and compaction as found by its users (BerriAI/litellm#27532).
     */
    private static final Set<String> KNOWN_BETAS = Set.of(
            "computer-use-2024-10-22",
            "computer-use-2025-01-24",
            "computer-use-2025-11-24",
            "token-efficient-tools-2025-02-19",
            "interleaved-thinking-2025-05-14",
            "output-128k-2025-02-19",
            "dev-full-thinking-2025-05-14",
            "context-1m-2025-08-07",
            "context-management-2025-06-27",
            "effort-2025-11-24",
            "tool-search-tool-2025-10-19",
            "tool-examples-2025-10-29",
            "compact-2026-01-12");

    private ClaudeBody() {}

    /** A body, or why there cannot be one. */
    sealed interface Result {}

    @SuppressWarnings("ArrayRecordComponent") // written once, never compared
    record Written(byte[] bytes, List<String> dropped) implements Result {}

    record Refused(CallError error) implements Result {}

    static Result of(UpstreamRequest request) {
        return switch (MessagesWire.body(request)) {
            case MessagesWire.Body.Refused(CallError error) -> new Refused(error);
            case MessagesWire.Body.Ready(byte[] body, List<String> lost) -> written(body, request.headers(), lost);
        };
    }

    private static Written written(byte[] body, List<Header> headers, List<String> lost) {
        if (!(JsonMembers.scan(body) instanceof JsonMembers members)) {
            return new Written(body, lost);
        }
        Set<String> betas = betas(body, headers);
        List<String> dropped = new ArrayList<>(lost);
        betas.stream()
                .filter(beta -> !KNOWN_BETAS.contains(beta))
                .forEach(beta -> dropped.add(BETA_HEADER + ":" + beta));
        betas.retainAll(KNOWN_BETAS);
        Set<String> left = new LinkedHashSet<>(REPLACED);
        members.names().stream().filter(UNKNOWN::contains).forEach(name -> {
            left.add(name);
            dropped.add(name);
        });
        return new Written(JsonSplice.without(body, members, left, first(betas)), dropped);
    }

    private static String first(Set<String> betas) {
        return betas.isEmpty()
                ? VERSION
                : VERSION + ",\"" + BETA + "\":"
                        + betas.stream().map(JsonEdits::quoted).collect(Collectors.joining(",", "[", "]"));
    }

    /** Those of the header, and of the body where a caller already wrote it for Bedrock. */
    private static Set<String> betas(byte[] body, List<Header> headers) {
        Set<String> betas = new LinkedHashSet<>();
        headers.stream()
                .filter(header -> header.isNamed(BETA_HEADER))
                .flatMap(header -> Arrays.stream(header.value().split(",")))
                .map(String::strip)
                .filter(beta -> !beta.isEmpty())
                .forEach(betas::add);
        var members = JsonTree.members(body, 0, body.length, Set.of(BETA));
        if (members != null && members.get(BETA) instanceof List<?> more) {
            more.stream().map(JsonTree::text).filter(beta -> !beta.isEmpty()).forEach(betas::add);
        }
        return betas;
    }
}
