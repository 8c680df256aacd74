package dev.tollgate.persistence.journal;

import java.nio.file.Path;

/** A journal file is damaged where only a power cut's torn end would be forgivable; nothing is started on it. */
public final class JournalDamaged extends RuntimeException {
    private static final long serialVersionUID = 1;

    JournalDamaged(Path file, long offset) {
        super("the journal file " + file + " is damaged at byte " + offset
                + "; calls after it would be lost, so nothing was started");
    }
}
