package dev.tollgate.domain.pricing;

import java.util.Set;

/** A set of model names, exact or with {@code *} for any run of characters; matching takes time linear in the name. */
public record ModelPatterns(Set<String> patterns) {
    public static final ModelPatterns NONE = new ModelPatterns(Set.of());

    public ModelPatterns {
        patterns = Set.copyOf(patterns);
    }

    public boolean isEmpty() {
        return patterns.isEmpty();
    }

    public boolean matches(String name) {
        return patterns.contains(name) || patterns.stream().anyMatch(pattern -> matches(pattern, name));
    }

    private static boolean matches(String pattern, String name) {
        if (pattern.indexOf('*') < 0) {
            return pattern.equals(name);
        }
        String[] pieces = pattern.split("\\*", -1);
        if (!name.startsWith(pieces[0])) {
            return false;
        }
        int at = pieces[0].length();
        for (int i = 1; i < pieces.length - 1; i++) {
            int found = name.indexOf(pieces[i], at);
            if (found < 0) {
                return false;
            }
            at = found + pieces[i].length();
        }
        String last = pieces[pieces.length - 1];
        return name.length() - at >= last.length() && name.endsWith(last);
    }
}
