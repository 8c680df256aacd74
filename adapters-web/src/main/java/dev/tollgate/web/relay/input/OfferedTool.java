package dev.tollgate.web.relay.input;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tool a body offers the model.
 *
 * @param type empty for the caller's own
 * @param usesMax how often it may be used in the call, null if not said
 */
record OfferedTool(String type, @Nullable Long usesMax) {
    /** Tools the caller's program runs: the provider only describes them to the model. */
    private static final List<String> RUN_BY_CALLER =
            List.of("function", "custom", "bash_", "text_editor_", "computer_", "memory_");

    /** Providers let a call go on about this long where it is not bounded. */
    private static final long USES_UNBOUNDED = 20;

    private static final int DATE_CHARS = "_20250305".length();

    boolean isRunByCaller() {
        return type.isEmpty() || RUN_BY_CALLER.stream().anyMatch(type::startsWith);
    }

    /** Whether the provider describes it to the model in words of its own. */
    boolean isDescribedByProvider() {
        return !type.isEmpty() && !type.equals("function") && !type.equals("custom");
    }

    /** The name it has on the price list: its type without the date. */
    String priceName() {
        boolean isDated = type.length() > DATE_CHARS
                && type.charAt(type.length() - DATE_CHARS) == '_'
                && type.substring(type.length() - DATE_CHARS + 1).chars().allMatch(Character::isDigit);
        return isDated ? type.substring(0, type.length() - DATE_CHARS) : type;
    }

    long uses() {
        return usesMax == null || usesMax < 0 ? USES_UNBOUNDED : usesMax;
    }
}
