package dev.tollgate.web.relay;

import dev.tollgate.application.relay.CallBody;
import dev.tollgate.application.relay.Header;
import dev.tollgate.application.relay.RelayCall;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.web.admin.ClientAddresses;
import dev.tollgate.web.relay.input.SessionHints;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes from a request's head what the use case needs to know; nothing else of it goes any further. */
@Singleton
public final class CallHeads {
    /** The only headers of a caller's that go upstream. */
    private static final List<String> PROTOCOL_HEADERS = List.of("anthropic-version", "anthropic-beta", "openai-beta");

    /** Where a caller names its session, by whatever program; Codex writes the latter two. */
    private static final List<String> SESSION_HEADERS = List.of("x-session-id", "session_id", "session-id");

    private static final int USER_AGENT_CHARS_MAX = 255;

    private final ClientAddresses addresses;

    CallHeads(ClientAddresses addresses) {
        this.addresses = addresses;
    }

    RelayCall call(RequestId id, Dialect dialect, @Nullable String platform, HttpRequest<?> request, CallBody body) {
        return new RelayCall(
                id,
                dialect.name(),
                dialect.path(),
                CallerKey.queryWithoutKey(request),
                platform,
                CallerKey.of(request),
                protocolHeaders(request.getHeaders()),
                inSession(request.getHeaders(), body),
                dialect.codec(),
                dialect.isFree(),
                addresses.of(request),
                userAgent(request.getHeaders()),
                idempotencyKey(request.getHeaders()),
                null);
    }

    /** Several are one with commas, as HTTP has it: never what any one of them alone would mean. */
    private static @Nullable String idempotencyKey(HttpHeaders headers) {
        List<String> keys = headers.getAll("idempotency-key");
        return keys.isEmpty() ? null : String.join(", ", keys);
    }

    private static List<Header> protocolHeaders(HttpHeaders headers) {
        List<Header> protocol = new ArrayList<>();
        for (String name : PROTOCOL_HEADERS) {
            headers.getAll(name).forEach(value -> protocol.add(new Header(name, value)));
        }
        return protocol;
    }

    private static CallBody inSession(HttpHeaders headers, CallBody body) {
        return SESSION_HEADERS.stream()
                .map(headers::get)
                .filter(session -> session != null && !session.isBlank())
                .findFirst()
                .map(session -> body.inSession(SessionHints.ofName(session)))
                .orElse(body);
    }

    private static @Nullable String userAgent(HttpHeaders headers) {
        String agent = headers.get(HttpHeaders.USER_AGENT);
        return agent == null || agent.length() <= USER_AGENT_CHARS_MAX
                ? agent
                : agent.substring(0, USER_AGENT_CHARS_MAX);
    }
}
