package dev.tollgate.domain.account;

import dev.tollgate.domain.identity.GroupId;
import dev.tollgate.domain.pricing.ModelPatterns;
import java.util.Map;
import java.util.Set;

/**
 * Which models an account serves and for whom.
 *
 * @param modelMapping model asked for → model sent
 * @param deployed the models the account has deployments of, where its provider asks for them (Azure); empty: not told
 */
public record Serving(
        ModelPatterns allowedModels, Map<String, String> modelMapping, Set<GroupId> groups, Set<String> deployed) {
    public static final Serving BY_FAMILY = new Serving(ModelPatterns.NONE, Map.of(), Set.of());

    public Serving {
        modelMapping = Map.copyOf(modelMapping);
        groups = Set.copyOf(groups);
        deployed = Set.copyOf(deployed);
    }

    public Serving(ModelPatterns allowedModels, Map<String, String> modelMapping, Set<GroupId> groups) {
        this(allowedModels, modelMapping, groups, Set.of());
    }

    /** The same with other deployments. */
    public Serving deploying(Set<String> models) {
        return new Serving(allowedModels, modelMapping, groups, models);
    }
}
