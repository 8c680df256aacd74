package dev.tollgate.persistence.secret;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;

/** The generated secret key of an embedded deployment: a file in the data folder that only its owner can read. */
public final class SecretKeyFile {
    private static final String NAME = "secret.key";

    private SecretKeyFile() {}

    /** The key in a data folder, generated at the first call. */
    public static SecretKey in(Path dataFolder) throws IOException {
        Path file = dataFolder.resolve(NAME);
        try {
            return read(file);
        } catch (NoSuchFileException absent) {
            return create(file);
        }
    }

    private static SecretKey create(Path file) throws IOException {
        byte[] bytes = new byte[SecretKey.LENGTH];
        new SecureRandom().nextBytes(bytes);
        SecretKey key = new SecretKey(bytes);
        try {
            Files.createFile(file, ownerOnly(file));
        } catch (FileAlreadyExistsException another) {
            return read(file);
        }
        Files.writeString(file, key.base64() + "\n", StandardOpenOption.SYNC, StandardOpenOption.WRITE);
        return key;
    }

    private static SecretKey read(Path file) throws IOException {
        try {
            return SecretKey.of(Files.readString(file, StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException damaged) {
            throw new IOException("not a secret key: " + file, damaged);
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
