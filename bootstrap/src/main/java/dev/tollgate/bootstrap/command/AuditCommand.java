package dev.tollgate.bootstrap.command;

import dev.tollgate.application.usage.AuditUsage;
import dev.tollgate.application.usage.AuditUsage.Audit;
import dev.tollgate.application.usage.RepairUsage;
import dev.tollgate.application.usage.RepairUsage.Repair;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** {@code audit}: one line for each difference, or one that says that there is none; repairs them if it is told to. */
@Singleton
@Named(AuditCommand.NAME)
final class AuditCommand implements StoreCommand {
    static final String NAME = "audit";
    static final String REPAIR = "repair";

    private final AuditUsage auditUsage;
    private final RepairUsage repairUsage;
    private final CommandLog log;

    AuditCommand(AuditUsage auditUsage, RepairUsage repairUsage, CommandLog log) {
        this.auditUsage = auditUsage;
        this.repairUsage = repairUsage;
        this.log = log;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Report run(Set<String> options, byte[] input) {
        if (!options.contains(REPAIR)) {
            return report(List.of(), auditUsage.audit());
        }
        return switch (repairUsage.repair()) {
            case Repair.Busy busy -> Report.failed(List.of("audit: another repair is under way"));
            case Repair.Done done -> {
                List<String> repaired = done.changes().stream()
                        .map(change -> "repaired " + change.name() + ": was " + change.was() + ", is " + change.is())
                        .toList();
                log.note("audit --repair", NAME, "repaired", repaired);
                yield report(repaired, done.audit());
            }
        };
    }

    private static Report report(List<String> repaired, Audit audit) {
        List<String> lines = new ArrayList<>(repaired);
        audit.differences()
                .forEach(check ->
                        lines.add(check.name() + ": expected " + check.expected() + ", found " + check.actual()));
        if (!audit.ok()) {
            return Report.failed(lines);
        }
        lines.add("audit: " + audit.checks().size() + " checks, no difference");
        return Report.done(lines);
    }
}
