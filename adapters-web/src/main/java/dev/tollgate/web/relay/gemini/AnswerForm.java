package dev.tollgate.web.relay.gemini;

/** The forms an answer can have; which one it is the path and {@code alt} say. */
public enum AnswerForm {
    /** One JSON document. */
    DOCUMENT,
    /** Server-sent events, {@code alt=sse}. */
    EVENTS,
    /** One JSON array sent in pieces, the form of a stream without {@code alt}. */
    ARRAY;

    boolean isStream() {
        return this != DOCUMENT;
    }
}
