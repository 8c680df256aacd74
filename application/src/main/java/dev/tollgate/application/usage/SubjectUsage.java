package dev.tollgate.application.usage;

import dev.tollgate.domain.entitlement.Spent;
import dev.tollgate.domain.entitlement.WindowKey;
import dev.tollgate.domain.relay.Subject;
import java.util.Collection;
import java.util.Map;

/** What the records say was spent in subjects' windows. */
public interface SubjectUsage {
    /** By subject and window, with nothing held; a subject or window without records is absent. */
    Map<Subject, Map<WindowKey, Spent>> used(Collection<Subject> subjects);
}
