package dev.tollgate.bootstrap.gateway;

import dev.tollgate.bootstrap.settings.StartRefused;
import dev.tollgate.persistence.journal.JournalDamaged;
import dev.tollgate.persistence.sql.Migrations;
import java.io.UncheckedIOException;
import java.sql.SQLException;

/** Tells an operator in one line why a store could not be opened. */
public final class StoreFaults {
    private StoreFaults() {}

    /** The refusal that follows from a failure, or the failure itself where it is a bug. */
    public static RuntimeException refusal(RuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof StartRefused refused) {
                return refused;
            }
            if (cause instanceof JournalDamaged || cause instanceof UncheckedIOException) {
                return new StartRefused(firstLine(cause), failure);
            }
            if (cause instanceof Migrations.CannotMigrate cannot) {
                return new StartRefused("the database cannot be migrated: " + firstLine(cannot), failure);
            }
            if (cause instanceof SQLException refused) {
                return new StartRefused("the database cannot be opened: " + firstLine(refused), failure);
            }
        }
        return failure;
    }

    private static String firstLine(Throwable refused) {
        return String.valueOf(refused.getMessage()).lines().findFirst().orElse("no reason was given");
    }
}
