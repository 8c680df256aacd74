package dev.tollgate.upstream.azure;

import dev.tollgate.application.account.Connection;
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
        Connection connection = request.connection();
        AzureFamily family = AzureFamily.of(base(connection));
        String path = family.path(api, encoded(model(request)));
        return target(connection, family, path, query, family.apiVersion(api));
    }

    /** A resource lists the models it could deploy; models of all makers are not listed. */
    @Override
    public @Nullable Target models(Connection connection) {
        AzureFamily family = AzureFamily.of(base(connection));
        return family == AzureFamily.FOUNDRY
                ? null
                : target(connection, family, "/models", null, family.apiVersion(OpenAiApi.CHAT));
    }

    private static Target target(
            Connection connection, AzureFamily family, String path, @Nullable String query, @Nullable String version) {
        String own = connection.credentials().get("api_version");
        String sent = own == null || own.isBlank() ? version : own;
        return Target.of(family.prefix(base(connection)), "", path, versioned(query, sent));
    }

    private static String base(Connection connection) {
        String base = connection.baseUrl();
        if (base == null) {
            throw new IllegalArgumentException("an Azure account has a base address");
        }
        return base.replaceFirst("/+$", "");
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
    public List<Header> credentials(Connection connection) {
        String key = connection.credentials().get("api_key");
        if (key == null) {
            return List.of();
        }
        boolean isToken = key.matches("eyJ[\\w-]+\\.[\\w-]+\\.[\\w-]*");
        return List.of(isToken ? new Header("authorization", "Bearer " + key) : new Header("api-key", key));
    }
}
