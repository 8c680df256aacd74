package dev.tollgate.domain.relay;

import dev.tollgate.domain.entitlement.WindowKey;
import java.util.List;

/** The windows of one subject that a call counts in, by name. */
public record SubjectWindows(Subject subject, List<WindowKey> windows) {
    public SubjectWindows {
        windows = List.copyOf(windows);
    }
}
