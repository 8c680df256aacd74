package dev.tollgate.upstream.http;

import dev.tollgate.application.relay.Header;
import dev.tollgate.domain.usage.TokenUsage;
import java.util.List;

/**
 * Tells a platform's answer to a caller of another dialect. Made anew for each attempt; used by one thread at a time,
 * either streamed or whole.
 */
public interface Translation {
    /** The headers its form demands. */
    List<Header> headers();

    /**
     * What an event of the stream becomes, possibly nothing; on the event loop, so briefly.
     *
     * @param known the usage as far as it is known after this event
     */
    byte[] event(StreamEvent event, TokenUsage known);

    /** What ends the stream, after the platform's terminal event. */
    byte[] end(TokenUsage usage);

    /** What a whole answer of status 2xx becomes. */
    byte[] whole(byte[] body, TokenUsage usage);

    /** What an answer of another status says, in its own words; empty if nothing. */
    String words(byte[] body);
}
