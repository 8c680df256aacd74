package dev.tollgate.application.account;

import dev.tollgate.domain.account.AccountType;
import java.util.List;

/**
 * One field of an account type's credentials.
 *
 * @param required whether an account cannot do without it; see also {@link CredentialRules}
 * @param kind how it is entered
 */
public record CredentialField(String name, boolean required, Kind kind) {
    /** A field of this name holds an object; its entries are kept as {@code deployments.<model>}. */
    public static final String DEPLOYMENTS = "deployments";

    /** How a field is entered. */
    public enum Kind {
        TEXT,
        INSTANT,
        URL,
        /** An object of texts. */
        MAP
    }

    /** The fields of a type, in the order they are asked for. */
    public static List<CredentialField> of(AccountType type) {
        return switch (type) {
            case CLAUDE, GEMINI -> List.of(required("api_key"));
            case CLAUDE_OAUTH ->
                List.of(
                        required("access_token"),
                        optional("refresh_token", Kind.TEXT),
                        optional("expires_at", Kind.INSTANT),
                        optional("token_url", Kind.URL),
                        optional("client_id", Kind.TEXT));
            case OPENAI -> List.of(required("api_key"), optional("organization", Kind.TEXT));
            case AZURE_OPENAI ->
                List.of(required("api_key"), optional("api_version", Kind.TEXT), optional(DEPLOYMENTS, Kind.MAP));
            case BEDROCK ->
                List.of(
                        required("region"),
                        optional("access_key_id", Kind.TEXT),
                        optional("secret_access_key", Kind.TEXT),
                        optional("session_token", Kind.TEXT),
                        optional("api_key", Kind.TEXT));
            case SIMULATED -> List.of();
        };
    }

    private static CredentialField required(String name) {
        return new CredentialField(name, true, Kind.TEXT);
    }

    private static CredentialField optional(String name, Kind kind) {
        return new CredentialField(name, false, kind);
    }
}
