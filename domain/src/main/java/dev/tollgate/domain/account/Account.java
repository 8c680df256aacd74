package dev.tollgate.domain.account;

import java.time.Instant;

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
     * Whether the account can serve a model: it names the model, or it names none and the model is of its family.
     *
     * @param model the model's name, looked up
     * @param platform the model's family
     */
    public boolean serves(String model, String platform) {
        boolean namesModels =
                !serving.allowedModels().isEmpty() || !serving.modelMapping().isEmpty();
        if (namesModels) {
            return serving.allowedModels().matches(model)
                    || serving.modelMapping().containsKey(model);
        }
        return type.servesFamily(platform);
    }

    /** The name the model has upstream. */
    public String sentModel(String model) {
        return serving.modelMapping().getOrDefault(model, model);
    }

    public boolean isOpen(Instant now) {
        return enabled && health.isOpen(now);
    }
}
