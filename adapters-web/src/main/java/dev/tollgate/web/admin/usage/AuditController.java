package dev.tollgate.web.admin.usage;

import dev.tollgate.application.usage.AuditUsage;
import dev.tollgate.application.usage.RepairUsage;
import dev.tollgate.application.usage.RepairUsage.Repair;
import dev.tollgate.web.admin.ApiFailure;
import dev.tollgate.web.admin.Envelope;
import dev.tollgate.web.admin.OperationNote;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/** The self-audit, and setting right what it finds. */
@Controller("/api/admin/audit")
@ExecuteOn(TaskExecutors.BLOCKING)
final class AuditController {
    /** Changes the operation log keeps of one repair. */
    private static final int NOTED_MAX = 100;

    private final AuditUsage auditUsage;
    private final RepairUsage repairUsage;

    AuditController(AuditUsage auditUsage, RepairUsage repairUsage) {
        this.auditUsage = auditUsage;
        this.repairUsage = repairUsage;
    }

    @Post
    Envelope<AuditView> audit(HttpRequest<?> request, @QueryValue(defaultValue = "false") boolean repair) {
        return Envelope.of(repair ? repaired(request) : AuditView.of(auditUsage.audit(), List.of()));
    }

    private AuditView repaired(HttpRequest<?> request) {
        return switch (repairUsage.repair()) {
            case Repair.Busy busy -> throw ApiFailure.conflict("another repair is under way");
            case Repair.Done done -> {
                AuditView view = AuditView.of(done.audit(), done.changes());
                List<ChangeView> changes = view.repaired();
                OperationNote.leaveForMany(
                        request, "audit", null, changes.subList(0, Math.min(changes.size(), NOTED_MAX)));
                yield view;
            }
        };
    }

    /** What the audit found, and what was put right before it, on the wire. */
    @Serdeable
    record AuditView(boolean ok, List<CheckView> checks, List<ChangeView> repaired) {
        static AuditView of(AuditUsage.Audit audit, List<RepairUsage.Change> changes) {
            return new AuditView(
                    audit.ok(),
                    audit.checks().stream().map(CheckView::from).toList(),
                    changes.stream().map(ChangeView::from).toList());
        }
    }

    /** One compared thing, on the wire. */
    @Serdeable
    record CheckView(String name, boolean ok, String expected, String actual) {
        static CheckView from(AuditUsage.Check check) {
            return new CheckView(check.name(), check.ok(), check.expected(), check.actual());
        }
    }

    /** One figure that was put right, on the wire. */
    @Serdeable
    record ChangeView(String name, String was, String is) {
        static ChangeView from(RepairUsage.Change change) {
            return new ChangeView(change.name(), change.was(), change.is());
        }
    }
}
