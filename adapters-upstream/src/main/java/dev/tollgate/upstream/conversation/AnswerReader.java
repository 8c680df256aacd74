package dev.tollgate.upstream.conversation;

import dev.tollgate.application.relay.conversation.AnswerEvent;
import dev.tollgate.application.relay.conversation.StopReason;
import dev.tollgate.upstream.http.StreamEvent;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads one answer of one platform. Gives only blocks ({@code Opened}, {@code Grew}, {@code Signed}, {@code Closed}), in
 * the order {@link AnswerEvent} demands; the beginning and the end are told for it. What it does not know it passes over.
 */
public interface AnswerReader {
    /** Reads an event of the stream. */
    void event(StreamEvent event, Consumer<AnswerEvent> out);

    /** The stream has ended: closes what is open. */
    void end(Consumer<AnswerEvent> out);

    /** Reads a whole answer. */
    void whole(byte[] body, Consumer<AnswerEvent> out);

    /** Why the answer ended; asked last. */
    Stop stop();

    /**
     * The end of an answer.
     *
     * @param sequence the caller's stop sequence that was met, null if none or not told
     */
    record Stop(StopReason reason, @Nullable String sequence) {}
}
