package dev.tollgate.upstream.http;

/** How the bytes of a streamed answer are cut into events. */
public enum Framing {
    /** Server-sent events: the name and data of each. */
    SERVER_SENT,
    /**
     * One JSON array sent in pieces: each element is the data of an event without a name (Gemini without
     * {@code alt=sse}). The closing bracket is held with the last event, and not sent where the end is missing, so that
     * an error can still be told inside the array. No event of it may be dropped: it has the commas between.
     */
    JSON_ARRAY,
    /**
     * Amazon's event stream, both checksums tested: the name is {@code :event-type}, or {@code :exception-type} for an
     * exception or {@code :error-code} for an error, the data is the payload, or an error's message where it has none.
     * Never forwarded as it came.
     */
    AMAZON_EVENTS,
    /**
     * No events at all, bytes to be passed on (sound): every piece of it is the data of an event without a name, and
     * the last is held until the call is settled, for the end of the body is the end mark. Streamed whether or not the
     * caller asked for a stream.
     */
    BYTES
}
