package dev.tollgate.upstream.http;

import dev.tollgate.domain.usage.TokenUsage;
import io.netty.buffer.ByteBuf;

/** Events go on byte for byte, those that lie side by side at once. */
final class Verbatim implements Telling {
    /** What waits with an event is pings and comments; beyond this they are left out. */
    private static final int HELD_MAX = 2 * EventScanner.HELD_MAX;

    private final EventScanner scanner;
    private final Outflow out;
    private final Kept held = new Kept();
    private int runFrom;
    private int runTo;

    Verbatim(EventScanner scanner, Outflow out) {
        this.scanner = scanner;
        this.out = out;
    }

    @Override
    public void forward() {
        release();
        if (runTo == 0) {
            runFrom = scanner.unreleasedFrom();
        }
        runTo = scanner.to();
    }

    @Override
    public void pass() {
        forward();
    }

    @Override
    public void drop() {
        sendRun();
    }

    @Override
    public void hold() {
        sendRun();
        release();
        join();
    }

    @Override
    public void keep(boolean error) {
        hold();
        if (scanner.rest()) {
            int most = Math.min(scanner.to() - scanner.from(), EventScanner.HELD_MAX);
            held.write(scanner.buffer(), scanner.from(), most);
        }
    }

    @Override
    public void join() {
        if (held.size() < HELD_MAX) {
            int from = scanner.unreleasedFrom();
            held.write(scanner.buffer(), from, scanner.to() - from);
        }
    }

    @Override
    public void follow(ByteBuf bytes) {
        byte[] more = new byte[Math.clamp(EventScanner.HELD_MAX - held.size(), 0, bytes.readableBytes())];
        bytes.readBytes(more);
        held.write(more, 0, more.length);
    }

    @Override
    public void rest() {
        sendRun();
    }

    @Override
    public boolean burstEnd() {
        sendRun();
        boolean grown = scanner.overflow();
        if (grown) {
            release();
            out.send(scanner.buffer(), scanner.unreleasedFrom(), scanner.to());
        }
        return grown;
    }

    @Override
    public void seal() {
        sendRun();
        byte[] seal = scanner.seal();
        out.send(seal, 0, seal.length);
    }

    /** Never: it goes on in pieces. */
    @Override
    public boolean isOverwhelmed() {
        return false;
    }

    private void sendRun() {
        out.send(scanner.buffer(), runFrom, runTo);
        runFrom = 0;
        runTo = 0;
    }

    private void release() {
        out.send(held.array(), 0, held.size());
        held.reset();
    }

    @Override
    public byte[] end(TokenUsage usage) {
        return held.toByteArray();
    }

    @Override
    public byte[] error() {
        return held.toByteArray();
    }
}
