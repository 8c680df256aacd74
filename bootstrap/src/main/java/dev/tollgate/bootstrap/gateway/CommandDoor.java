package dev.tollgate.bootstrap.gateway;

import dev.tollgate.bootstrap.settings.GatewaySettings;
import dev.tollgate.bootstrap.settings.StartRefused;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;

/**
 * Lets commands in: whoever can read the file in the data folder that says where the running gateway takes them, and with
 * which token. The token is another at each start.
 */
@Singleton
public final class CommandDoor implements AutoCloseable {
    private static final String FILE = "commands";
    private static final int TOKEN_BYTES = 32;

    private final Path file;
    private final String token;

    CommandDoor(GatewaySettings settings) {
        this.file = settings.dataDir().resolve(FILE);
        byte[] random = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(random);
        this.token = HexFormat.of().formatHex(random);
    }

    /**
     * Opens it.
     *
     * @param management where the gateway takes commands
     */
    public void open(URI management) {
        try {
            Files.deleteIfExists(file);
            Files.createFile(file, ownerOnly(file));
            Files.writeString(file, management + "\n" + token + "\n", StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean opensFor(String given) {
        return MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
    }

    /** Where the gateway that has a data folder takes commands, and the token. */
    public static List<String> read(Path dataFolder) {
        try {
            List<String> lines = Files.readAllLines(dataFolder.resolve(FILE));
            if (lines.size() == 2) {
                return lines;
            }
            throw new StartRefused("the gateway on " + dataFolder + " is just starting; try again");
        } catch (NoSuchFileException e) {
            throw new StartRefused("the process that uses " + dataFolder + " takes no commands now; try again", e);
        } catch (IOException e) {
            throw new StartRefused(dataFolder.resolve(FILE) + " cannot be read", e);
        }
    }

    @Override
    @PreDestroy
    public void close() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        boolean hasOwners = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        return hasOwners
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
