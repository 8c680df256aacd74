package dev.tollgate.application.usage;

import java.util.List;

/** Use case: recompute everything that is derived from usage and name each difference, to the nano-dollar. */
public interface AuditUsage {
    Audit audit();

    /** What was found: one passed check for each invariant that holds, one failed check for each difference. */
    record Audit(List<Check> checks) {
        public Audit {
            checks = List.copyOf(checks);
        }

        public boolean ok() {
            return checks.stream().allMatch(Check::ok);
        }
    }

    /** One thing that was compared. */
    record Check(String name, boolean ok, String expected, String actual) {}
}
