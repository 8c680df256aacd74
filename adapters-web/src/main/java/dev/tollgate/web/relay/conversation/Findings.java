package dev.tollgate.web.relay.conversation;

import dev.tollgate.application.relay.CallError;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What reading a body finds besides its meaning: the first thing that is wrong, and what has no place anywhere else. */
public final class Findings {
    /** More names than any client sends members; the rest are only said to be there. */
    private static final int DROPPED_MAX = 48;

    private static final int NAME_LENGTH_MAX = 64;
    private static final Pattern NO_NAME = Pattern.compile("[^A-Za-z0-9_.\\[\\]-]");
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

    /**
     * Names a field as left out; what is left out of every entry of a list is named once. The name may be the caller's
     * own invention, and goes into a header.
     */
    public void drop(String field) {
        String name = INDEX.matcher(field).replaceAll("[]");
        String kept = name.substring(0, Math.min(name.length(), NAME_LENGTH_MAX));
        dropped.add(dropped.size() < DROPPED_MAX ? NO_NAME.matcher(kept).replaceAll("?") : "...");
    }

    /** Remembers the first refusal; {@code what} ends a sentence that names the field. */
    public void refuse(String field, String what) {
        if (error == null) {
            CallError.Code code = CallError.Code.INVALID_REQUEST;
            error = new CallError(code, code.status(), "Invalid value for '" + field + "': " + what + ".", field, null);
        }
    }
}
