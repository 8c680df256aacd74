package dev.tollgate.persistence.journal;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Room on the disk kept for the calls that run: a file of real bytes. When the disk is full it is given up, so that what
 * has begun can still be settled, and nothing new is admitted until it is there again. It is taken only where as much
 * again is left beside it, so that it never fills the disk itself.
 */
final class DiskReserve {
    private static final int CHUNK_BYTES = 1 << 20;

    private final Path file;
    private final int bytes;
    private final LongSupplier usableBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicInteger givingUp = new AtomicInteger();
    private volatile boolean isKept;

    DiskReserve(Path folder, int bytes) {
        this(folder, bytes, () -> folder.toFile().getUsableSpace());
    }

    /** @param usableBytes what the disk has left for this process */
    DiskReserve(Path folder, int bytes, LongSupplier usableBytes) {
        this.file = folder.resolve("reserve");
        this.bytes = bytes;
        this.usableBytes = usableBytes;
    }

    boolean isKept() {
        return isKept;
    }

    /** @throws IOException if there is no room, or it is given up meanwhile; no part of it is left then */
    void keep() throws IOException {
        lock.lock();
        try {
            if (!isThere()) {
                isKept = false;
                take();
            }
            isKept = true;
        } finally {
            lock.unlock();
        }
    }

    private boolean isThere() throws IOException {
        return Files.exists(file) && Files.size(file) == bytes;
    }

    private void take() throws IOException {
        if (usableBytes.getAsLong() <= 2L * bytes) {
            throw new IOException("no room for twice " + bytes + " bytes");
        }
        try {
            write();
        } catch (IOException full) {
            Files.deleteIfExists(file);
            throw full;
        }
    }

    private void write() throws IOException {
        try (FileOutputStream out = new FileOutputStream(file.toFile())) {
            for (int written = 0; written < bytes; written += CHUNK_BYTES) {
                requireWanted();
                out.write(new byte[Math.min(CHUNK_BYTES, bytes - written)]);
            }
            requireWanted();
            out.getFD().sync();
        }
    }

    private void requireWanted() throws IOException {
        if (givingUp.get() > 0) {
            throw new IOException("the disk is full");
        }
    }

    /** Tries to have it again after it was given up. */
    void keepIfThereIsRoom() {
        try {
            keep();
        } catch (IOException stillFull) {
            isKept = false;
        }
    }

    /** Frees the room; one who is taking it stops at its next chunk. */
    void giveUp() throws IOException {
        givingUp.incrementAndGet();
        lock.lock();
        try {
            isKept = false;
            Files.deleteIfExists(file);
        } finally {
            lock.unlock();
            givingUp.decrementAndGet();
        }
    }
}
