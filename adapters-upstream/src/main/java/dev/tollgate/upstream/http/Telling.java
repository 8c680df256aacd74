package dev.tollgate.upstream.http;

import dev.tollgate.domain.usage.TokenUsage;
import io.netty.buffer.ByteBuf;

/** How what a scanner found goes on to the caller. On the connection's event loop, but for what is asked at the end. */
interface Telling {
    /** The event goes on. */
    void forward();

    /** Bytes that are no whole event go on. */
    void pass();

    /** The event is not for the caller. */
    void drop();

    /** The event may be the last: it waits for what follows. */
    void hold();

    /** What was found shares the fate of the event that waits. */
    void join();

    /** The event is the end: it waits until the call is settled. */
    void keep(boolean error);

    /** Bytes after the end. */
    void follow(ByteBuf bytes);

    /** Nothing more goes on for now. */
    void rest();

    /**
     * All that is there has been found.
     *
     * @return whether the beginning of an unfinished event went on, as it is too large to wait for its end
     */
    boolean burstEnd();

    /** An event that went on came without its end. */
    void seal();

    /** Whether an unfinished event is too large to be told. */
    boolean isOverwhelmed();

    /** The end of the answer, whose usage is settled now. */
    byte[] end(TokenUsage usage);

    /** The error event; empty if it is not in the caller's dialect. */
    byte[] error();
}
