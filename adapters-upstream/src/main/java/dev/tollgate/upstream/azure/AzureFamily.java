package dev.tollgate.upstream.azure;

import dev.tollgate.upstream.openai.OpenAiApi;
import org.jspecify.annotations.Nullable;

/** The families of addresses an Azure resource can have. */
enum AzureFamily {
    /** {@code …/openai/deployments/{deployment}/chat/completions?api-version=…}; responses name the deployment in the body. */
    CLASSIC,
    /** {@code …/openai/v1/chat/completions}: without dated versions, as at OpenAI. */
    V1,
    /** {@code …/models/chat/completions?api-version=…}: models of all makers. */
    FOUNDRY;

    private static final String OPENAI = "/openai";

    /** The last dated version that is not a preview, and the last one at all, which has responses. */
    private static final String STABLE = "2024-10-21";

    private static final String WITH_RESPONSES = "2025-04-01-preview";
    private static final String MODELS = "2024-05-01-preview";

    /** @param base without slashes at its end */
    static AzureFamily of(String base) {
        if (base.endsWith("/openai/v1")) {
            return V1;
        }
        return base.endsWith("/models") ? FOUNDRY : CLASSIC;
    }

    /** What stands before the API's path. */
    String prefix(String base) {
        boolean complete = this != CLASSIC || base.endsWith(OPENAI);
        return complete ? base : base + OPENAI;
    }

    String path(OpenAiApi api, String deployment) {
        return this == CLASSIC && !isResponses(api) ? "/deployments/" + deployment + api.path() : api.path();
    }

    /** The version that is sent where the account names none; null: none. */
    @Nullable
    String apiVersion(OpenAiApi api) {
        return switch (this) {
            case CLASSIC -> isResponses(api) ? WITH_RESPONSES : STABLE;
            case V1 -> null;
            case FOUNDRY -> MODELS;
        };
    }

    private static boolean isResponses(OpenAiApi api) {
        return api == OpenAiApi.RESPONSES || api == OpenAiApi.COMPACT;
    }
}
