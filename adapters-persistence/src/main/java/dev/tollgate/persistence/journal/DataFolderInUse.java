package dev.tollgate.persistence.journal;

import java.nio.file.Path;

/** Another process works in the data folder. */
public final class DataFolderInUse extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Path folder;

    DataFolderInUse(Path folder) {
        super("the data folder " + folder + " is in use by another process");
        this.folder = folder;
    }

    public Path folder() {
        return folder;
    }
}
