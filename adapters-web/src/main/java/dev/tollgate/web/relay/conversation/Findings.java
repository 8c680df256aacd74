package dev.tollgate.web.relay.conversation;

import dev.tollgate.application.relay.CallError;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What reading a body finds besides its meaning: the first thing that is wrong, and what has no place anywhere else. */
public final class Findings {
    private static final Pattern INDEX = Pattern.compile("\\[\\d+]");

    private final Set<String> dropped = new LinkedHashSet<>();
    private @Nullable CallError error;

    /** The first thing wrong so far, null if nothing is. */
    public @Nullable CallError error() {
        return error;
    }

    /** The fields that are left out, each once, in the order they were met. */
    public List<String> dropped() {
        return List.copyOf(dropped);
    }

    /** Names a field as left out; what is left out of every entry of a list is named once. */
    public void drop(String field) {
        dropped.add(INDEX.matcher(field).replaceAll("[]"));
    }

    /** Remembers the first refusal; {@code what} ends a sentence that names the field. */
    public void refuse(String field, String what) {
        if (error == null) {
            CallError.Code code = CallError.Code.INVALID_REQUEST;
            error = new CallError(code, code.status(), "Invalid value for '" + field + "': " + what + ".", field, null);
        }
    }
}
