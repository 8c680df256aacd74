package dev.tollgate.web.relay.gemini.content;

import dev.tollgate.application.relay.RelayCall;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the responses of an answer stand in its body. */
enum StreamForm {
    /** One response, for a call that does not stream. */
    SINGLE("application/json", "", "", ""),
    /** Server-sent events, {@code alt=sse}. */
    EVENTS("text/event-stream", "data: ", "data: ", "\r\n\r\n"),
    /** One array sent in pieces, the form of a stream without {@code alt}. */
    ARRAY("application/json", "[", ",\r\n", "");

    private static final List<String> ASKS_FOR_EVENTS = List.of("alt=sse", "$alt=sse", "%24alt=sse");

    private final String contentType;
    private final String beforeFirst;
    private final String beforeOthers;
    private final String after;

    StreamForm(String contentType, String beforeFirst, String beforeOthers, String after) {
        this.contentType = contentType;
        this.beforeFirst = beforeFirst;
        this.beforeOthers = beforeOthers;
        this.after = after;
    }

    static StreamForm of(RelayCall call) {
        if (!call.body().stream()) {
            return SINGLE;
        }
        return asksForEvents(call.query()) ? EVENTS : ARRAY;
    }

    private static boolean asksForEvents(@Nullable String query) {
        return query != null && Arrays.stream(query.split("&", -1)).anyMatch(ASKS_FOR_EVENTS::contains);
    }

    String contentType() {
        return contentType;
    }

    byte[] before(boolean isFirst) {
        return ascii(isFirst ? beforeFirst : beforeOthers);
    }

    byte[] after(boolean isLast) {
        return ascii(isLast && this == ARRAY ? after + "]" : after);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
