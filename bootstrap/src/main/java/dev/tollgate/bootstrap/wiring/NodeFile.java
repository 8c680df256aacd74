package dev.tollgate.bootstrap.wiring;

import dev.tollgate.bootstrap.settings.GatewaySetting;
import dev.tollgate.bootstrap.settings.GatewaySettings;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who this node is: its id, which the operator gave or the folder's first start made, and the mark of this process. The
 * folder remembers both, so that its next process is known to follow this one, be it killed.
 */
@Singleton
public final class NodeFile {
    private static final String FILE = "node";
    private static final Pattern REMEMBERED = Pattern.compile("(node-[0-9a-f]{8}) ([0-9a-f-]{36})");
    private static final int MADE_LENGTH = 8;

    private final Path file;
    private final String made;
    private final String id;
    private final String mark = UUID.randomUUID().toString();
    private final String former;

    NodeFile(GatewaySettings settings) {
        this.file = settings.dataDir().resolve(FILE);
        Matcher remembered = REMEMBERED.matcher(read(file));
        boolean isKnown = remembered.matches();
        this.made = isKnown
                ? remembered.group(1)
                : "node-" + UUID.randomUUID().toString().substring(0, MADE_LENGTH);
        this.former = isKnown ? remembered.group(2) : mark;
        this.id = Objects.requireNonNullElse(settings.find(GatewaySetting.NODE_ID), made);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String id() {
        return id;
    }

    /** Of this process alone. */
    public String mark() {
        return mark;
    }

    /** The mark of the last process on this folder; this one's if there was none. */
    public String former() {
        return former;
    }

    /** Has the next process on this folder follow this one. */
    public void remember() {
        try {
            Files.writeString(file, made + " " + mark + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
