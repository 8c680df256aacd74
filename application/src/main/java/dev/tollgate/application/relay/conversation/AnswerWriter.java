package dev.tollgate.application.relay.conversation;

import dev.tollgate.application.relay.Header;
import java.util.List;

/** Tells one answer in the caller's dialect. Used by one thread at a time; either streamed or whole, never both. */
public interface AnswerWriter {
    /** The headers of the answer that its form demands: {@code content-type}. */
    List<Header> headers();

    /** The bytes an event of a streamed answer becomes, possibly none; those of {@code Finished} end the stream. */
    byte[] write(AnswerEvent event);

    /** The body a whole answer becomes; the events are complete and in order. */
    byte[] whole(List<AnswerEvent> events);
}
