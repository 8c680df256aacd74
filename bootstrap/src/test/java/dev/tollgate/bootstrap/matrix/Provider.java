package dev.tollgate.bootstrap.matrix;

import java.util.Map;

/** The platforms of the matrix: an account type each, with a model of its own. */
enum Provider {
    CLAUDE("claude", "claude", "claude-sonnet-4-5", "", Map.of("api_key", "upstream-key")),
    CLAUDE_OAUTH("claude-oauth", "claude", "claude-opus-4-1", "", Map.of("access_token", "upstream-token")),
    OPENAI("openai", "openai", "gpt-5.1", "/v1", Map.of("api_key", "upstream-key")),
    AZURE(
            "azure-openai",
            "openai",
            "gpt-5-mini",
            "",
            Map.of("api_key", "upstream-key", "api_version", "2024-12-01-preview")),
    GEMINI("gemini", "gemini", "gemini-2.5-pro", "/v1beta", Map.of("api_key", "upstream-key")),
    BEDROCK(
            "bedrock",
            "claude",
            "us.anthropic.claude-haiku-4-5",
            "",
            Map.of("api_key", "upstream-key", "region", "us-east-1"));

    private final String type;
    private final String family;
    private final String model;
    private final String base;

    @SuppressWarnings("ImmutableEnumChecker") // of texts only, and a copy
    private final Map<String, Object> credentials;

    Provider(String type, String family, String model, String base, Map<String, Object> credentials) {
        this.type = type;
        this.family = family;
        this.model = model;
        this.base = base;
        this.credentials = Map.copyOf(credentials);
    }

    String type() {
        return type;
    }

    String family() {
        return family;
    }

    String model(Scenario scenario) {
        return model + "-" + scenario.slug();
    }

    String pattern() {
        return model + "-*";
    }

    /** What follows the server's address in {@code base_url}. */
    String base() {
        return base;
    }

    Map<String, Object> credentials() {
        return credentials;
    }
}
