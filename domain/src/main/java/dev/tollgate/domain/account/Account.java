package dev.tollgate.domain.account;

import java.time.Instant;
import java.util.Set;

/** An upstream credential calls may be sent with. */
public record Account(
        AccountId id,
        String name,
        AccountType type,
        Placement placement,
        Serving serving,
        boolean enabled,
        Health health) {

    /**
     * Whether the account can serve a model: it names the model; or it names none and has a deployment of it; or it has
     * neither and the model is of its family.
     *
     * @param wanted the name the caller asked for, or the target of a mapping
     * @param model the name it was looked up as
     * @param platform the model's family
     */
    public boolean serves(String wanted, String model, String platform) {
        boolean namesModels =
                !serving.allowedModels().isEmpty() || !serving.modelMapping().isEmpty();
        if (namesModels) {
            return names(wanted) || names(model);
        }
        Set<String> deployed = serving.deployed();
        return deployed.isEmpty() ? type.servesFamily(platform) : deployed.contains(wanted) || deployed.contains(model);
    }

    private boolean names(String model) {
        return serving.allowedModels().matches(model) || serving.modelMapping().containsKey(model);
    }

    /**
     * The name that is sent: what the account maps the model to, else what was wanted, be it an alias or a snapshot; the
     * model's own name where only that is deployed.
     */
    public String sentModel(String wanted, String model) {
        String mapped = serving.modelMapping()
                .getOrDefault(wanted, serving.modelMapping().get(model));
        if (mapped != null) {
            return mapped;
        }
        boolean onlyModelDeployed =
                serving.deployed().contains(model) && !serving.deployed().contains(wanted);
        return onlyModelDeployed ? model : wanted;
    }

    public boolean isOpen(Instant now) {
        return enabled && health.isOpen(now);
    }
}
