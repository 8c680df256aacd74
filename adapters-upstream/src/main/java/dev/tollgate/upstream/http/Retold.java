package dev.tollgate.upstream.http;

import dev.tollgate.domain.usage.TokenUsage;
import io.netty.buffer.ByteBuf;

/** Events go on in the caller's dialect, none of their own bytes among them; the end is told last of all. */
final class Retold implements Telling {
    private static final byte[] NO_BYTES = {};

    private final EventScanner scanner;
    private final StreamEvent event;
    private final Translation translation;
    private final AnswerCodec codec;
    private final Outflow out;

    Retold(EventScanner scanner, StreamEvent event, Translation translation, AnswerCodec codec, Outflow out) {
        this.scanner = scanner;
        this.event = event;
        this.translation = translation;
        this.codec = codec;
        this.out = out;
    }

    @Override
    public void forward() {
        tell();
    }

    /** An event that a caller of the platform's own dialect is not shown may still mean something here. */
    @Override
    public void drop() {
        tell();
    }

    /** What ends the answer is told by {@link #end} only, so nothing need wait. */
    @Override
    public void hold() {
        tell();
    }

    @Override
    public void keep(boolean error) {
        if (!error) {
            tell();
        }
    }

    private void tell() {
        if (event.hasData()) {
            byte[] told = translation.event(event, codec.progress());
            out.send(told, 0, told.length);
        }
    }

    @Override
    public void pass() {}

    @Override
    public void join() {}

    @Override
    public void follow(ByteBuf bytes) {}

    @Override
    public void rest() {}

    @Override
    public boolean burstEnd() {
        return false;
    }

    @Override
    public void seal() {}

    @Override
    public boolean isOverwhelmed() {
        return scanner.isTooLarge();
    }

    @Override
    public byte[] end(TokenUsage usage) {
        return translation.end(usage);
    }

    @Override
    public byte[] error() {
        return NO_BYTES;
    }
}
