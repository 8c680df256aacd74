package dev.tollgate.bootstrap.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version the jar's manifest carries; classes run from a folder have none. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {"tollgate " + Objects.requireNonNullElse(version, "development")};
    }
}
