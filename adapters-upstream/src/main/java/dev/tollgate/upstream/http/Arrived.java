package dev.tollgate.upstream.http;

import dev.tollgate.application.relay.Answer;
import dev.tollgate.domain.account.Fault;
import io.netty.handler.codec.http.HttpHeaders;

/** What the event loop hands to the thread that waits for an answer. */
sealed interface Arrived {
    /** The whole body, or of an error's its beginning. */
    @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
    record Body(int status, HttpHeaders headers, byte[] bytes) implements Arrived {}

    record Stream(Answer.Streaming answer) implements Arrived {}

    record StreamFailed(AnswerCodec.StreamError error) implements Arrived {}

    /** Nothing is waited for any more. */
    record Cut() implements Arrived {}

    record Broken(Fault.Kind kind, String message) implements Arrived {}
}
