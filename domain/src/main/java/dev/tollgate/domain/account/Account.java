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
     * @param wanted the name the caller asked for, or the target of a mapping
     * @param model the name it was looked up as
     * @param platform the model's family
     */
    public boolean serves(String wanted, String model, String platform) {
        boolean namesModels =
                !serving.allowedModels().isEmpty() || !serving.modelMapping().isEmpty();
        return namesModels ? names(wanted) || names(model) : type.servesFamily(platform);
    }

    private boolean names(String model) {
        return serving.allowedModels().matches(model) || serving.modelMapping().containsKey(model);
    }

    /** The name that is sent: what the account maps the model to, else what was wanted, be it an alias or a snapshot. */
    public String sentModel(String wanted, String model) {
        String mapped = serving.modelMapping()
                .getOrDefault(wanted, serving.modelMapping().get(model));
        return mapped == null ? wanted : mapped;
    }

    public boolean isOpen(Instant now) {
        return enabled && health.isOpen(now);
    }
}
