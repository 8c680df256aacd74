package dev.tollgate.application.relay;

import java.nio.ByteBuffer;

/**
 * The caller's end of a streamed answer. Methods do not block and may be called from any one thread at a time.
 *
 * <p>Exactly one of {@link #finish}, {@link #fail} and {@link #abort} ends it, after settlement.
 */
public interface ClientStream {
    /** Starts the answer; once, before anything is written. */
    void begin(AnswerHead head);

    /**
     * Takes bytes to be sent as they are; the buffer may be reused after the call.
     *
     * @return whether more may be written now; if not, {@link #onReady} tells when
     */
    boolean write(ByteBuffer bytes);

    /** Runs the action once, as soon as more may be written or the caller is gone; at once if that is so now. */
    void onReady(Runnable action);

    /** Runs the action once when the caller has left before the end; at once if that is so now. */
    void onGone(Runnable action);

    boolean isGone();

    /** Sends the last bytes and ends the answer. */
    void finish(ByteBuffer last);

    /** Sends an error event in the caller's dialect and ends the answer. */
    void fail(CallError error);

    /** Closes the connection without an end the caller could take for one. */
    void abort();
}
