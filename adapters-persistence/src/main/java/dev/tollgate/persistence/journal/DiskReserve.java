package dev.tollgate.persistence.journal;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Room on the disk kept for the calls that run: a file of real bytes. When the disk is full it is given up, so that what
 * has begun can still be settled, and nothing new is admitted until it is there again.
 */
final class DiskReserve {
    private static final int CHUNK_BYTES = 1 << 20;

    private final Path file;
    private final int bytes;
    private volatile boolean isKept;

    DiskReserve(Path folder, int bytes) {
        this.file = folder.resolve("reserve");
        this.bytes = bytes;
    }

    boolean isKept() {
        return isKept;
    }

    void keep() throws IOException {
        if (isKept) {
            return;
        }
        if (Files.exists(file) && Files.size(file) == bytes) {
            isKept = true;
            return;
        }
        try (FileOutputStream out = new FileOutputStream(file.toFile())) {
            for (int written = 0; written < bytes; written += CHUNK_BYTES) {
                out.write(new byte[Math.min(CHUNK_BYTES, bytes - written)]);
            }
            out.getFD().sync();
        }
        isKept = true;
    }

    /** Tries to have it again after it was given up. */
    void keepIfThereIsRoom() {
        try {
            keep();
        } catch (IOException stillFull) {
            isKept = false;
        }
    }

    void giveUp() throws IOException {
        isKept = false;
        Files.deleteIfExists(file);
    }
}
