package dev.tollgate.domain.account;

import dev.tollgate.domain.identity.GroupId;
import dev.tollgate.domain.pricing.ModelPatterns;
import java.util.Map;
import java.util.Set;

/**
 * Which models an account serves and for whom.
 *
 * @param modelMapping model asked for → model sent
 */
public record Serving(ModelPatterns allowedModels, Map<String, String> modelMapping, Set<GroupId> groups) {
    public static final Serving BY_FAMILY = new Serving(ModelPatterns.NONE, Map.of(), Set.of());

    public Serving {
        modelMapping = Map.copyOf(modelMapping);
        groups = Set.copyOf(groups);
    }
}
