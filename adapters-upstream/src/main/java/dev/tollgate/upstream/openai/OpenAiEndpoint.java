package dev.tollgate.upstream.openai;

import dev.tollgate.application.account.Connection;
import dev.tollgate.application.relay.Header;
import dev.tollgate.application.relay.UpstreamRequest;
import dev.tollgate.upstream.http.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** OpenAI's own servers, or a compatible one at the account's base address. */
final class OpenAiEndpoint implements Endpoint {
    private static final String BASE = "https://api.openai.com/v1";

    @Override
    public boolean has(OpenAiApi api) {
        return true;
    }

    @Override
    public Target target(UpstreamRequest request, OpenAiApi api, @Nullable String query) {
        return target(request.connection(), api.path(), query);
    }

    @Override
    public Target models(Connection connection) {
        return target(connection, "/models", null);
    }

    /** A bare host is taken for the provider's own layout, as its clients' settings do with /v1. */
    private static Target target(Connection connection, String path, @Nullable String query) {
        String base = connection.baseUrl();
        return Target.of(base == null ? BASE : base, "/v1", path, query);
    }

    @Override
    public String model(UpstreamRequest request) {
        return request.sentModel();
    }

    @Override
    public List<Header> credentials(Connection connection) {
        Map<String, String> credentials = connection.credentials();
        List<Header> headers = new ArrayList<>();
        String key = credentials.get("api_key");
        if (key != null) {
            headers.add(new Header("authorization", "Bearer " + key));
        }
        String organization = credentials.get("organization");
        if (organization != null && !organization.isBlank()) {
            headers.add(new Header("openai-organization", organization));
        }
        return headers;
    }
}
