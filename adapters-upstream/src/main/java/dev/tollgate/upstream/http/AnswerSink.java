package dev.tollgate.upstream.http;

import dev.tollgate.domain.account.Fault;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;

/** Takes an answer as it arrives. Every method runs on the connection's event loop; the last two end it. */
interface AnswerSink {
    void head(int status, HttpHeaders headers);

    /** Bytes of the body, in order; they are the caller's again when the method returns. */
    void bytes(ByteBuf body);

    /** Everything that came with one read has been handed over. */
    void burstEnd();

    /** The message ended as its framing said it would. */
    void complete();

    /** There will be no more: {@code kind} says how far it had come. */
    void broken(Fault.Kind kind, String message);
}
