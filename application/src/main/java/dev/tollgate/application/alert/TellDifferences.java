package dev.tollgate.application.alert;

import dev.tollgate.application.usage.AuditUsage.Check;
import java.util.List;

/** Use case: raise an alert when the audit that runs along finds a difference. */
public interface TellDifferences {
    /** Tells what was found, once a UTC day for the same kinds of check; an empty list tells nothing. */
    void found(List<Check> differences);
}
