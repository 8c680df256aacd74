package dev.tollgate.application.usage;

import java.util.List;

/** Use case: recompute everything that is derived from usage and name each difference, to the nano-dollar. */
public interface AuditUsage {
    /** Everything, each record included: takes as long as there are records. */
    Audit audit();

    /**
     * All that is summed up, without going through the records one by one: sums against one another and against those of
     * the records, each record read once in this object's life; live counters and holds against SQL; the journal. What it
     * cannot see is a record that was changed after it was read.
     */
    Audit auditSums();

    /** This node's journal only: what each node looks at itself while one of them audits for all. */
    Audit auditJournal();

    /** What was found: one passed check for each invariant that holds, one failed check for each difference. */
    record Audit(List<Check> checks) {
        public Audit {
            checks = List.copyOf(checks);
        }

        public boolean ok() {
            return checks.stream().allMatch(Check::ok);
        }

        public List<Check> differences() {
            return checks.stream().filter(check -> !check.ok()).toList();
        }
    }

    /** One thing that was compared. */
    record Check(String name, boolean ok, String expected, String actual) {}
}
