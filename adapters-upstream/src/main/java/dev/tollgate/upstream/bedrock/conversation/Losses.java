package dev.tollgate.upstream.bedrock.conversation;

import dev.tollgate.application.relay.CallError;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What of a request cannot be said to Converse: left out and named, or reason enough to refuse it. */
final class Losses {
    private final String dialect;
    private final Set<String> dropped = new LinkedHashSet<>();
    private @Nullable CallError refusal;

    Losses(String dialect) {
        this.dialect = dialect;
    }

    void drop(CallerField field) {
        dropped.add(field.in(dialect));
    }

    void drop(String field) {
        dropped.add(field);
    }

    /** Remembers the first refusal; {@code what} says what cannot be asked of this platform. */
    void refuse(CallerField field, String what) {
        if (refusal == null) {
            CallError.Code code = CallError.Code.INVALID_REQUEST;
            refusal = new CallError(code, code.status(), what, field.in(dialect), null);
        }
    }

    List<String> dropped() {
        return List.copyOf(dropped);
    }

    @Nullable
    CallError refusal() {
        return refusal;
    }
}
