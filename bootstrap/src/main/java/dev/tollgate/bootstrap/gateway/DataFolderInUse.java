package dev.tollgate.bootstrap.gateway;

import dev.tollgate.bootstrap.settings.StartRefused;
import java.nio.file.Path;

/** Another process has the data folder. */
public final class DataFolderInUse extends StartRefused {
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
