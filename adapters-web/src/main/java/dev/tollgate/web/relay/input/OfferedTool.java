package dev.tollgate.web.relay.input;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A tool a body offers the model.
 *
 * @param type empty for the caller's own
 * @param container what an earlier call left for it to work in, null if none is named
 * @param usesMax how often it may be used in the call, null if not said
 */
record OfferedTool(
        String type, @Nullable Long usesMax, @Nullable String container) {
    /** Tools the caller's program runs: the provider only describes them to the model. */
    private static final List<String> RUN_BY_CALLER = List.of(
            "function",
            "custom",
            "namespace", // functions and custom tools under one name
            "bash_",
            "text_editor_",
            "computer",
            "memory_",
            "local_shell",
            "apply_patch");

    /** Providers let a call go on about this long where it is not bounded. */
    private static final long USES_UNBOUNDED = 20;

    /** {@code web_search_20250305}, {@code web_search_preview_2025_03_11}. */
    private static final Pattern DATE = Pattern.compile("_\\d{8}$|_\\d{4}_\\d{2}_\\d{2}$");

    boolean isRunByCaller() {
        return type.isEmpty() || RUN_BY_CALLER.stream().anyMatch(type::startsWith);
    }

    /** Whether the provider describes it to the model in words of its own. */
    boolean isDescribedByProvider() {
        return !type.isEmpty() && !type.equals("function") && !type.equals("custom");
    }

    /** The name it has on the price list: its type without the date. */
    String priceName() {
        return DATE.matcher(type).replaceFirst("");
    }

    long uses() {
        return usesMax == null || usesMax < 0 ? USES_UNBOUNDED : usesMax;
    }
}
