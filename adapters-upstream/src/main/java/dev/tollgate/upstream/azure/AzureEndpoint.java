package dev.tollgate.upstream.azure;

import dev.tollgate.application.account.CredentialField;
import dev.tollgate.application.relay.Header;
import dev.tollgate.application.relay.UpstreamRequest;
import dev.tollgate.upstream.http.Target;
import dev.tollgate.upstream.openai.Endpoint;
import dev.tollgate.upstream.openai.OpenAiApi;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An Azure resource, in the family of addresses its base tells: classic ones name the deployment in the path, those of v1
 * and Foundry in the body.
 */
public final class AzureEndpoint implements Endpoint {
    private static final String API_VERSION = "api-version";

    @Override
    public boolean has(OpenAiApi api) {
        return api != OpenAiApi.MODERATIONS;
    }

    @Override
    public Target target(UpstreamRequest request, OpenAiApi api, @Nullable String query) {
        String base = request.connection().baseUrl();
        if (base == null) {
            throw new IllegalArgumentException("an Azure account has a base address");
        }
        String trimmed = base.replaceFirst("/+$", "");
        AzureFamily family = AzureFamily.of(trimmed);
        String own = request.connection().credentials().get("api_version");
        String version = own == null || own.isBlank() ? family.apiVersion(api) : own;
        return Target.of(
                family.prefix(trimmed), "", family.path(api, encoded(model(request))), versioned(query, version));
    }

    /** The account's version takes the place of a caller's: the account's resource has to know it. */
    private static @Nullable String versioned(@Nullable String query, @Nullable String version) {
        if (version == null) {
            return query;
        }
        String others = query == null
                ? ""
                : Arrays.stream(query.split("&"))
                        .filter(parameter -> !parameter.isEmpty() && !parameter.startsWith(API_VERSION + "="))
                        .map(parameter -> parameter + "&")
                        .collect(Collectors.joining());
        return others + API_VERSION + "=" + encoded(version);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The deployment of the model; a model without one is taken for a deployment's name. */
    @Override
    public String model(UpstreamRequest request) {
        Map<String, String> credentials = request.connection().credentials();
        return credentials.getOrDefault(CredentialField.DEPLOYMENTS + "." + request.sentModel(), request.sentModel());
    }

    /** A resource's key has no dots; an Entra ID token is a JWT. */
    @Override
    public List<Header> credentials(UpstreamRequest request) {
        String key = request.connection().credentials().get("api_key");
        if (key == null) {
            return List.of();
        }
        boolean isToken = key.matches("eyJ[\\w-]+\\.[\\w-]+\\.[\\w-]*");
        return List.of(isToken ? new Header("authorization", "Bearer " + key) : new Header("api-key", key));
    }
}
