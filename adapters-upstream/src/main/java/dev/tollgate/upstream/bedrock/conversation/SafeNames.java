package dev.tollgate.upstream.bedrock.conversation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Names as Converse takes them, 64 letters, digits, underscores and hyphens at most, each different where the originals
 * are, and the way back. A name that is fit already stays.
 *
 * <p>Source: ToolSpecification, ToolUseBlock and ToolResultBlock of the Bedrock Runtime API.
 */
final class SafeNames {
    private static final int LENGTH_MAX = 64;
    private static final Pattern FIT = Pattern.compile("[a-zA-Z0-9_-]{1," + LENGTH_MAX + "}");

    private final Map<String, String> safe = new HashMap<>();
    private final Map<String, String> originals = new HashMap<>();

    /** @param names every one there will be, in order; it may stand there twice */
    SafeNames(List<String> names) {
        Set<String> fit = new HashSet<>();
        names.stream().filter(name -> FIT.matcher(name).matches()).forEach(fit::add);
        for (String name : names) {
            if (!safe.containsKey(name)) {
                String told = fit.contains(name) ? name : free(name, fit);
                safe.put(name, told);
                originals.put(told, name);
            }
        }
    }

    private String free(String name, Set<String> fit) {
        String plain = name.replaceAll("[^a-zA-Z0-9_-]", "_");
        String told = plain.isEmpty() ? "_" : plain.substring(0, Math.min(plain.length(), LENGTH_MAX));
        for (int number = 2; fit.contains(told) || originals.containsKey(told); number++) {
            String end = "_" + number;
            told = plain.substring(0, Math.min(plain.length(), LENGTH_MAX - end.length())) + end;
        }
        return told;
    }

    /** The name to send; one that was not announced goes as it is. */
    String safe(String name) {
        return safe.getOrDefault(name, name);
    }

    /** The name as the caller knows it. */
    String original(String told) {
        return originals.getOrDefault(told, told);
    }
}
