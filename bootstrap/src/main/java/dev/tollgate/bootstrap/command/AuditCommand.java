package dev.tollgate.bootstrap.command;

import dev.tollgate.application.usage.AuditUsage;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;

/** {@code audit}: one line for each difference, or one that says that there is none. */
@Singleton
@Named(AuditCommand.NAME)
final class AuditCommand implements StoreCommand {
    static final String NAME = "audit";

    private final AuditUsage auditUsage;

    AuditCommand(AuditUsage auditUsage) {
        this.auditUsage = auditUsage;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Report run(Set<String> options, byte[] input) {
        AuditUsage.Audit audit = auditUsage.audit();
        List<String> differences = audit.checks().stream()
                .filter(check -> !check.ok())
                .map(check -> check.name() + ": expected " + check.expected() + ", found " + check.actual())
                .toList();
        return differences.isEmpty()
                ? Report.done("audit: " + audit.checks().size() + " checks, no difference")
                : Report.failed(differences);
    }
}
