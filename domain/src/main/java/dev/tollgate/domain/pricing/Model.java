package dev.tollgate.domain.pricing;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A model of the price list.
 *
 * @param platform its family: {@code claude}, {@code openai}, {@code gemini} or a name of the operator's
 * @param aliases further names it is asked for by
 * @param contextWindow most tokens of input and output together, null where not known
 * @param maxOutputTokens most tokens of one answer, null where not known
 */
public record Model(
        ModelId id,
        String name,
        String platform,
        Set<String> aliases,
        boolean enabled,
        @Nullable Long contextWindow,
        @Nullable Long maxOutputTokens) {
    public Model {
        if (name.isBlank() || platform.isBlank()) {
            throw new IllegalArgumentException("a model has a name and a platform: " + name + "/" + platform);
        }
        if ((contextWindow != null && contextWindow <= 0) || (maxOutputTokens != null && maxOutputTokens <= 0)) {
            throw new IllegalArgumentException(
                    "a bound on tokens is positive: " + contextWindow + ", " + maxOutputTokens);
        }
        aliases = Set.copyOf(aliases);
    }
}
