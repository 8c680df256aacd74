package dev.tollgate.bootstrap.matrix;

import static dev.tollgate.bootstrap.matrix.FaultyWire.and;
import static dev.tollgate.bootstrap.matrix.FaultyWire.begun;
import static dev.tollgate.bootstrap.matrix.FaultyWire.streaming;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tollgate.bootstrap.matrix.FaultyWire.Deed;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What upstreams do wrong, the same on every platform's wire, and what must come of it. */
@SuppressWarnings("ImmutableEnumChecker") // deeds are lambdas that keep nothing
enum PlatformFault {
    // ---- no answer ----
    UNREACHABLE(Asked.BOTH, null, End.refused(502), Asks.DEAD),
    UNREACHABLE_TAKEN_OVER(Asked.BOTH, null, End.SERVED, Asks.DEAD_PAIR),
    RESET_BEFORE_HEAD(Asked.BOTH, (form, wire) -> wire.reset(), End.refused(502).unclean()),
    RESET_BEFORE_HEAD_TAKEN_OVER(Asked.BOTH, (form, wire) -> wire.reset(), End.SERVED, Asks.PAIR),
    SILENT_BEFORE_HEAD(Asked.BOTH, (form, wire) -> wire.hang(), End.timedOut(), Asks.PAIR),
    SILENT_AFTER_HEAD(
            Asked.BOTH,
            (form, wire) -> {
                if (form.stream()) {
                    form.streamHead(wire);
                } else {
                    wire.write("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n");
                }
                wire.hang();
            },
            End.timedOut(),
            Asks.PAIR),

    // ---- answers of failure ----
    PAGE_500(Asked.BOTH, (form, wire) -> form.whole(wire, 500, "text/html", page(), Map.of()), End.refused(500)),
    EMPTY_502(Asked.BOTH, (form, wire) -> form.whole(wire, 502, "text/plain", new byte[0], Map.of()), End.refused(502)),
    UNAVAILABLE_503(Asked.BOTH, failing(503, Map.of()), End.refused(503)),
    OVERLOADED_529(Asked.BOTH, failing(529, Map.of()), End.refused(529)),
    LIMITED_UNTOLD(Asked.BOTH, failing(429, Map.of()), End.refused(429)),
    LIMITED_SECONDS(
            Asked.BOTH,
            failing(429, Map.of("retry-after", "7")),
            End.refused(429).retryAfter(7)),
    LIMITED_NEGATIVE(Asked.BOTH, failing(429, Map.of("retry-after", "-7")), End.refused(429)),
    LIMITED_HUGE(Asked.BOTH, failing(429, Map.of("retry-after", "99999999999999999999")), End.refused(429)),
    LIMITED_DATE(
            Asked.BOTH,
            (form, wire) -> failing(429, Map.of("retry-after", inAnHour())).on(form, wire),
            End.refused(429).retryAfter(3600)),
    LIMITED_TAKEN_OVER(Asked.BOTH, failing(429, Map.of("retry-after", "7")), End.SERVED, Asks.PAIR),
    KEY_REFUSED_401(Asked.BOTH, failing(401, Map.of()), End.refused(503)),
    NO_MONEY_402(Asked.BOTH, failing(402, Map.of()), End.refused(503)),
    FORBIDDEN_403(Asked.BOTH, failing(403, Map.of()), End.refused(503)),
    REDIRECT_302(
            Asked.BOTH,
            (form, wire) ->
                    form.whole(wire, 302, "text/html", page(), Map.of("location", "http://127.0.0.1:1/elsewhere")),
            End.refused(502)),

    // ---- answers of success that are none ----
    ERROR_INSIDE_200(
            Asked.BOTH,
            (form, wire) -> form.whole(wire, 200, "application/json", form.error(500), Map.of()),
            End.refused(0)),
    PAGE_200(Asked.BOTH, (form, wire) -> form.whole(wire, 200, "text/html", page(), Map.of()), End.refused(502)),
    NO_JSON_200(
            Asked.BOTH,
            (form, wire) -> form.whole(wire, 200, "application/json", "oops".getBytes(UTF_8), Map.of()),
            End.refused(502)),
    COMPRESSED(
            Asked.BOTH,
            (form, wire) -> form.whole(wire, 200, "application/json", form.body(), Map.of("content-encoding", "gzip")),
            End.refused(502).unclean()),
    TRUNCATED(
            Asked.WHOLE,
            (form, wire) -> {
                byte[] body = form.body();
                wire.write("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: " + body.length
                        + "\r\n\r\n");
                wire.write(Arrays.copyOf(body, body.length / 2));
                wire.close();
            },
            End.refused(502).unclean()),
    PAGE_500_TAKEN_OVER(
            Asked.BOTH, (form, wire) -> form.whole(wire, 500, "text/html", page(), Map.of()), End.SERVED, Asks.PAIR),
    HALF_JSON(
            Asked.WHOLE,
            (form, wire) -> form.whole(
                    wire, 200, "application/json", Arrays.copyOf(form.body(), form.body().length / 2), Map.of()),
            End.refused(502)),
    LONGER_THAN_TOLD(
            Asked.WHOLE,
            (form, wire) -> {
                byte[] body = form.body();
                byte[] longer = Arrays.copyOf(body, body.length + 40);
                wire.write("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: " + body.length
                        + "\r\n\r\n");
                wire.write(longer);
                wire.hang();
            },
            End.SERVED.unclean()),

    // ---- streams ----
    RESET_BEFORE_EVENTS(
            Asked.STREAM,
            (form, wire) -> {
                form.streamHead(wire);
                wire.reset();
            },
            End.refused(502).unclean(),
            Asks.PAIR),
    RESET_MID_EVENT(
            Asked.STREAM,
            (form, wire) -> {
                form.begin(wire);
                wire.chunk(form.half());
                wire.reset();
            },
            End.cut("upstream_error").unclean()),
    SILENT_MID_STREAM(
            Asked.STREAM,
            (form, wire) -> {
                form.begin(wire);
                wire.hang();
            },
            End.cut("timeout").unclean()),
    NO_TERMINAL_EVENT(Asked.STREAM, begun(form -> List.of()), End.cut("incomplete")),
    TERMINAL_EVENT_TWICE(Asked.STREAM, streaming(form -> and(form.all(), form.terminal())), End.SERVED),
    BYTES_AFTER_TERMINAL(Asked.STREAM, streaming(form -> and(form.all(), form.comment())), End.SERVED),
    GARBAGE_MID_STREAM(Asked.STREAM, begun(FaultyWire::goingOnAfterGarbage), End.SERVED),
    ERROR_FIRST(Asked.STREAM, streaming(form -> List.of(form.errorEvent())), End.refused(0)),
    ERROR_FIRST_TAKEN_OVER(Asked.STREAM, streaming(form -> List.of(form.errorEvent())), End.SERVED, Asks.PAIR),
    ERROR_MID_STREAM(Asked.STREAM, begun(form -> List.of(form.errorEvent())), End.cut("upstream_error")),
    ACCOUNT_ERROR_MID_STREAM(Asked.STREAM, begun(form -> List.of(form.accountEvent())), End.cut("upstream_error"));

    /** How it is asked where this can happen. */
    enum Asked {
        WHOLE,
        STREAM,
        BOTH
    }

    /** Which of a lane's accounts are there for the call. */
    enum Asks {
        /** The one with the fault. */
        FAULTY("one"),
        /** The one with the fault, then a sound one. */
        PAIR("pair"),
        /** One where nobody listens. */
        DEAD("dead"),
        /** One where nobody listens, then a sound one. */
        DEAD_PAIR("deadpair");

        private final String slug;

        Asks(String slug) {
            this.slug = slug;
        }

        String slug() {
            return slug;
        }
    }

    /**
     * What must come of it.
     *
     * @param http the answer's status; 0: any failure
     * @param recorded the record's status
     * @param dirty whether the connection may not serve another call
     * @param retryAfter the wait told in seconds, at most; null: not looked at
     */
    record End(
            int http,
            String recorded,
            boolean dirty,
            @Nullable Integer retryAfter) {
        static final End SERVED = new End(200, "completed", false, null);

        static End refused(int http) {
            return new End(http, "upstream_error", false, null);
        }

        static End timedOut() {
            return new End(504, "timeout", true, null);
        }

        static End cut(String recorded) {
            return new End(200, recorded, false, null);
        }

        End unclean() {
            return new End(http, recorded, true, retryAfter);
        }

        End retryAfter(int seconds) {
            return new End(http, recorded, dirty, seconds);
        }

        boolean isServed() {
            return recorded.equals("completed");
        }

        boolean isCut() {
            return http == 200 && !isServed();
        }
    }

    private final Asked asked;
    private final @Nullable Deed deed;
    private final End end;
    private final Asks asks;

    PlatformFault(Asked asked, @Nullable Deed deed, End end) {
        this(asked, deed, end, Asks.FAULTY);
    }

    PlatformFault(Asked asked, @Nullable Deed deed, End end, Asks asks) {
        this.asked = asked;
        this.deed = deed;
        this.end = end;
        this.asks = asks;
    }

    boolean concerns(boolean stream) {
        return asked == Asked.BOTH || (asked == Asked.STREAM) == stream;
    }

    /** What the faulty upstream does; null if it is not asked. */
    @Nullable
    Deed deed() {
        return deed;
    }

    /** The same everywhere, but that what Bedrock wraps and cannot be unwrapped cannot be passed on either. */
    End end(FaultLane lane) {
        boolean wrapped = lane.provider() == Provider.BEDROCK && lane.dialect() == PlainAsker.Dialect.MESSAGES;
        return this == GARBAGE_MID_STREAM && wrapped ? End.cut("upstream_error") : end;
    }

    Asks asks() {
        return asks;
    }

    private static Deed failing(int status, Map<String, String> headers) {
        return (form, wire) -> form.whole(wire, status, "application/json", form.error(status), headers);
    }

    private static byte[] page() {
        return ("<html><body>" + FaultyWire.SECRET + "</body></html>").getBytes(UTF_8);
    }

    private static String inAnHour() {
        return java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME.format(
                java.time.ZonedDateTime.now(java.time.ZoneOffset.UTC).plusHours(1));
    }
}
