package dev.tollgate.bootstrap.gateway;

import dev.tollgate.bootstrap.settings.StartRefused;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The data folder, held by this process alone until it is closed or the process is gone. */
final class DataFolder implements AutoCloseable {
    private static final String LOCK = "lock";
    private static final Set<PosixFilePermission> OURS_ALONE = PosixFilePermissions.fromString("rwx------");

    private final FileChannel lockFile;

    private DataFolder(FileChannel lockFile) {
        this.lockFile = lockFile;
    }

    /**
     * Makes the folder, for its owner alone, if there is none, and takes it.
     *
     * @throws DataFolderInUse if another process has it
     * @throws StartRefused if it cannot be written
     */
    static DataFolder take(Path path) {
        try {
            make(path);
            FileChannel lockFile =
                    FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (lock(lockFile) == null) {
                lockFile.close();
                throw new DataFolderInUse(path);
            }
            return new DataFolder(lockFile);
        } catch (AccessDeniedException e) {
            throw new StartRefused("the data folder " + path + " cannot be written: permission denied", e);
        } catch (IOException e) {
            throw new StartRefused("the data folder " + path + " cannot be written: " + e.getMessage(), e);
        }
    }

    private static void make(Path path) throws IOException {
        boolean hasOwners = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        Path made = hasOwners
                ? Files.createDirectories(path, PosixFilePermissions.asFileAttribute(OURS_ALONE))
                : Files.createDirectories(path);
        if (!Files.isWritable(made)) {
            throw new AccessDeniedException(path.toString());
        }
    }

    private static @Nullable FileLock lock(FileChannel lockFile) throws IOException {
        try {
            return lockFile.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // held by this very process
        }
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
