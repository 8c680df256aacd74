package dev.tollgate.domain.account;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The kinds of upstream account; each belongs to a family of models, {@code SIMULATED} to all. */
public enum AccountType {
    CLAUDE("claude", "claude"),
    CLAUDE_OAUTH("claude-oauth", "claude"),
    OPENAI("openai", "openai"),
    AZURE_OPENAI("azure-openai", "openai"),
    GEMINI("gemini", "gemini"),
    BEDROCK("bedrock", "claude"),
    SIMULATED("simulated", null);

    private final String wireName;
    private final @Nullable String family;

    AccountType(String wireName, @Nullable String family) {
        this.wireName = wireName;
        this.family = family;
    }

    public String wireName() {
        return wireName;
    }

    /** The platform of the models it serves by nature; null: any. */
    public @Nullable String family() {
        return family;
    }

    public boolean servesFamily(String platform) {
        return family == null || family.equals(platform);
    }

    public static Optional<AccountType> of(String wireName) {
        return Arrays.stream(values())
                .filter(type -> type.wireName.equals(wireName))
                .findFirst();
    }
}
