package dev.tollgate.upstream.http;

import dev.tollgate.application.relay.Metered;
import dev.tollgate.application.relay.StreamedOutput;
import dev.tollgate.domain.account.Fault;
import dev.tollgate.domain.usage.TokenUsage;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How one platform's answer to one call is understood. Made anew for each attempt. */
public interface AnswerCodec extends StreamedOutput {
    /** What to do with an event's bytes. */
    enum Verdict {
        FORWARD,
        /** Not for this caller. */
        DROP,
        /**
         * May be the last of a stream without an end mark: held until another follows, the terminal event if none does
         * before the body ends in good order. Events without data, and dropped ones, are none that follow.
         */
        HOLD,
        /** What the caller takes for the end: held, with all that follows, until the call is settled. */
        TERMINAL,
        /** The upstream's word that it failed; held likewise. */
        ERROR
    }

    /**
     * How an answer of status 2xx with these headers is cut into events; null if it is read whole, as is every answer
     * but {@link Framing#BYTES} to a call that asked for no stream. Some compatible servers send events under no type
     * or a wrong one, but JSON and pages say what they are.
     */
    default @Nullable Framing framing(HttpHeaders headers) {
        String type = headers.get(HttpHeaderNames.CONTENT_TYPE, "").toLowerCase(Locale.ROOT);
        return type.contains("json") || type.contains("html") ? null : Framing.SERVER_SENT;
    }

    /** Reads the next event of a stream; on the event loop, so briefly. */
    Verdict read(StreamEvent event);

    /** Whether content has been read that the caller may see. */
    boolean hasContent();

    /** Whether the final usage has been read. */
    boolean isUsageKnown();

    /** What is known so far; any thread may ask. */
    TokenUsage progress();

    /** Whether all has been said, so that only the end is to come. */
    default boolean isEnding() {
        return isUsageKnown();
    }

    @Override
    default long outputAtMost() {
        return progress().output();
    }

    @Override
    default void recount() {}

    /** The last error event, classified. */
    StreamError streamError();

    /**
     * The usage of a stream that has ended; may count tokens, so not on the event loop.
     *
     * @param ended whether the upstream said all it had to say
     */
    Metered streamed(boolean ended);

    /** The error inside an answer of status 2xx, null if it is a success. */
    @Nullable
    StreamError errorInside(byte[] body);

    /** The usage of a whole answer; may count tokens, so not on the event loop. */
    Metered whole(byte[] body);

    /** What the head of a success says of the account's limits, as the fault the next call would meet; null: nothing. */
    default @Nullable Fault warning(int status, HttpHeaders headers) {
        return null;
    }

    /** Classifies an answer of another status than 2xx. */
    Fault fault(int status, HttpHeaders headers, byte[] body);

    /** An error told with status 200: the status it would have had, and its body for the caller. */
    @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
    record StreamError(Fault fault, int status, byte[] body) {}
}
