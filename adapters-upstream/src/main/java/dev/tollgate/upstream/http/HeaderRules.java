package dev.tollgate.upstream.http;

import dev.tollgate.application.relay.AnswerHead;
import dev.tollgate.application.relay.Header;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which headers pass, both ways: only those named here. */
public final class HeaderRules {
    private static final Set<String> TO_CALLER = Set.of("content-type", "openai-version");
    private static final Set<String> TO_CALLER_OF_FAILURES = Set.of("retry-after", "x-should-retry");
    private static final Set<String> CONNECTIONS_OWN = Set.of(
            "host",
            "connection",
            "content-length",
            "transfer-encoding",
            "accept-encoding",
            "te",
            "trailer",
            "upgrade",
            "expect",
            "keep-alive",
            "proxy-connection");

    private HeaderRules() {}

    /**
     * The caller's protocol headers, then ours, then the account's own; a later one replaces those of its name.
     *
     * @param protocol the names, in lower case, of the caller's headers that the platform's protocol has
     */
    public static List<Header> toUpstream(
            List<Header> callers, Set<String> protocol, List<Header> ours, Map<String, String> accounts) {
        List<Header> headers = new ArrayList<>();
        for (Header header : callers) {
            if (protocol.contains(header.name().toLowerCase(Locale.ROOT))) {
                headers.add(header);
            }
        }
        ours.forEach(header -> replace(headers, header));
        accounts.forEach((name, value) -> {
            if (!CONNECTIONS_OWN.contains(name.toLowerCase(Locale.ROOT))) {
                replace(headers, new Header(name, value));
            }
        });
        return headers;
    }

    /** The same where nothing of a caller's head goes on. */
    public static List<Header> toUpstream(List<Header> ours, Map<String, String> accounts) {
        return toUpstream(List.of(), Set.of(), ours, accounts);
    }

    private static void replace(List<Header> headers, Header header) {
        headers.removeIf(earlier -> earlier.isNamed(header.name()));
        headers.add(header);
    }

    /** The head of a success, in the form of the caller's own dialect where that is another. */
    static AnswerHead toCaller(int status, HttpHeaders headers, @Nullable Translation translation) {
        return translation == null ? toCaller(status, headers) : new AnswerHead(status, translation.headers());
    }

    static AnswerHead toCaller(int status, HttpHeaders headers) {
        List<Header> passed = new ArrayList<>();
        boolean failure = status / 100 != 2;
        for (Map.Entry<String, String> header : headers) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (TO_CALLER.contains(name) || (failure && TO_CALLER_OF_FAILURES.contains(name))) {
                passed.add(new Header(name, header.getValue()));
            }
        }
        return new AnswerHead(status, passed);
    }
}
