package dev.tollgate.persistence.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The folder a process keeps its data in, locked for as long as it is open: one process a folder. */
public final class DataFolder implements AutoCloseable {
    private final Path path;
    private final FileChannel lockFile;

    private DataFolder(Path path, FileChannel lockFile) {
        this.path = path;
        this.lockFile = lockFile;
    }

    /**
     * Makes the folder if it is not there, and locks it.
     *
     * @throws DataFolderInUse if another process has it
     * @throws UncheckedIOException if it cannot be made or written to
     */
    public static DataFolder open(Path path) {
        try {
            Files.createDirectories(path);
            FileChannel lockFile = FileChannel.open(
                    path.resolve("tollgate.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (lock(lockFile) == null) {
                lockFile.close();
                throw new DataFolderInUse(path);
            }
            return new DataFolder(path, lockFile);
        } catch (IOException e) {
            throw new UncheckedIOException("the data folder " + path + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static @Nullable FileLock lock(FileChannel lockFile) throws IOException {
        try {
            return lockFile.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // this very process has it, by another journal
        }
    }

    public Path path() {
        return path;
    }

    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
