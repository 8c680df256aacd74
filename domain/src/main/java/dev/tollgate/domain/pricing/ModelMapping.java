package dev.tollgate.domain.pricing;

import java.util.Set;

/**
 * Another name for a model: what callers ask for, and what is looked up in its place.
 *
 * @param pattern an exact name, or one with {@code *} for any run of characters
 * @param priority lower is tried first; of equal ones the older
 */
public record ModelMapping(ModelMappingId id, String pattern, String target, int priority, boolean enabled) {
    public ModelMapping {
        if (pattern.isBlank() || target.isBlank()) {
            throw new IllegalArgumentException("a mapping has a pattern and a target: " + pattern + "/" + target);
        }
    }

    public boolean matches(String asked) {
        return enabled && new ModelPatterns(Set.of(pattern)).matches(asked);
    }
}
