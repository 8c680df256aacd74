package dev.tollgate.application.usage;

import dev.tollgate.application.usage.AuditUsage.Audit;
import java.util.List;

/**
 * Use case: set everything that is derived from usage to what the records say. Records are never touched. Safe while
 * calls run: what is added is the difference, and calls that settle meanwhile add to both sides of it.
 */
public interface RepairUsage {
    Repair repair();

    /** What came of it. */
    sealed interface Repair {
        /** @param audit what is left, of everything, after the changes */
        record Done(List<Change> changes, Audit audit) implements Repair {
            public Done {
                changes = List.copyOf(changes);
            }
        }

        /** Another repair is under way. */
        record Busy() implements Repair {}
    }

    /** A figure that was put right. */
    record Change(String name, String was, String is) {}
}
