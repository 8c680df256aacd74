package dev.tollgate.upstream.openai;

import dev.tollgate.application.account.Connection;
import dev.tollgate.application.relay.Header;
import dev.tollgate.application.relay.UpstreamRequest;
import dev.tollgate.upstream.http.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a server of OpenAI's APIs is reached, and how it is told who calls. */
public interface Endpoint {
    /** Whether the server has the API. */
    boolean has(OpenAiApi api);

    /**
     * The address of an API.
     *
     * @param query to be sent along, null if none
     */
    Target target(UpstreamRequest request, OpenAiApi api, @Nullable String query);

    /** The model's name as the body has it. */
    String model(UpstreamRequest request);

    /** The address of the list of models; null if the server has none. */
    @Nullable
    Target models(Connection connection);

    /** The headers that carry the account's credentials. */
    List<Header> credentials(Connection connection);
}
