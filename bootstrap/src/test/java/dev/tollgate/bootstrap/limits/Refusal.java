package dev.tollgate.bootstrap.limits;

/** A row of the contract's error table. */
enum Refusal {
    KEY(401, "invalid_api_key", "authentication_error", "UNAUTHENTICATED", false),
    MODEL(403, "model_not_allowed", "permission_error", "PERMISSION_DENIED", false),
    ADDRESS(403, "ip_not_allowed", "permission_error", "PERMISSION_DENIED", false),
    MONEY(402, "insufficient_quota", "billing_error", "RESOURCE_EXHAUSTED", false),
    RATE(429, "rate_limit_exceeded", "rate_limit_error", "RESOURCE_EXHAUSTED", true),
    ACCOUNT(503, "no_available_account", "overloaded_error", "UNAVAILABLE", true);

    private final int status;
    private final String openAi;
    private final String anthropic;
    private final String gemini;
    private final boolean timeHelps;

    Refusal(int status, String openAi, String anthropic, String gemini, boolean timeHelps) {
        this.status = status;
        this.openAi = openAi;
        this.anthropic = anthropic;
        this.gemini = gemini;
        this.timeHelps = timeHelps;
    }

    int status() {
        return status;
    }

    String openAi() {
        return openAi;
    }

    String anthropic() {
        return anthropic;
    }

    String gemini() {
        return gemini;
    }

    /** Whether the caller is told when to try again. */
    boolean doesTimeHelp() {
        return timeHelps;
    }
}
