package dev.tollgate.web.admin.usage;

import dev.tollgate.application.usage.AuditUsage;
import dev.tollgate.web.admin.Envelope;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/** The self-audit. */
@Controller("/api/admin/audit")
@ExecuteOn(TaskExecutors.BLOCKING)
final class AuditController {
    private final AuditUsage auditUsage;

    AuditController(AuditUsage auditUsage) {
        this.auditUsage = auditUsage;
    }

    @Post
    Envelope<AuditView> audit() {
        return Envelope.of(AuditView.from(auditUsage.audit()));
    }

    /** What the audit found, on the wire. */
    @Serdeable
    record AuditView(boolean ok, List<CheckView> checks) {
        static AuditView from(AuditUsage.Audit audit) {
            return new AuditView(
                    audit.ok(), audit.checks().stream().map(CheckView::from).toList());
        }
    }

    /** One compared thing, on the wire. */
    @Serdeable
    record CheckView(String name, boolean ok, String expected, String actual) {
        static CheckView from(AuditUsage.Check check) {
            return new CheckView(check.name(), check.ok(), check.expected(), check.actual());
        }
    }
}
