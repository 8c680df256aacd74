package dev.tollgate.upstream.oauth;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tollgate.application.account.FreshTokens;
import dev.tollgate.application.account.TokenEndpoint;
import dev.tollgate.application.relay.Header;
import dev.tollgate.upstream.http.Fetched;
import dev.tollgate.upstream.http.HttpCall;
import dev.tollgate.upstream.http.Origin;
import dev.tollgate.upstream.http.UpstreamHttp;
import dev.tollgate.upstream.meter.JsonTree;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks a token address with a JSON body, as Anthropic's takes it: {@code grant_type}, {@code refresh_token},
 * {@code client_id}; answers and errors have the members of RFC 6749, sections 5.1 and 5.2.
 */
public final class HttpTokenEndpoint implements TokenEndpoint {
    private static final int ANSWER_BYTES_MAX = 64 * 1024;
    private static final Set<String> MEMBERS =
            Set.of("access_token", "refresh_token", "expires_in", "error", "error_description");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final UpstreamHttp http;

    public HttpTokenEndpoint(UpstreamHttp http) {
        this.http = http;
    }

    @Override
    public Said refresh(Ask ask) {
        HttpCall call;
        try {
            call = call(ask);
        } catch (IllegalArgumentException unusable) { // its text may hold the address
            return new Said.Unreachable("the token_url is no address that can be asked");
        }
        return switch (http.fetch(call, ANSWER_BYTES_MAX, FreshTokens.ASK_MAX)) {
            case Fetched.Failed(var kind, String words) -> new Said.Unreachable(words);
            case Fetched.Answered answered -> said(answered);
        };
    }

    private static HttpCall call(Ask ask) {
        URI address = URI.create(ask.tokenUrl());
        String path = address.getRawPath() == null || address.getRawPath().isEmpty() ? "/" : address.getRawPath();
        String query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
        ObjectNode body = JSON.createObjectNode();
        body.put("grant_type", "refresh_token");
        body.put("refresh_token", ask.refreshToken());
        if (ask.clientId() != null) {
            body.put("client_id", ask.clientId());
        }
        List<Header> headers =
                List.of(new Header("content-type", "application/json"), new Header("accept", "application/json"));
        return new HttpCall(
                Origin.of(ask.tokenUrl()),
                ask.proxyUrl(),
                path + query,
                headers,
                body.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** A 4xx refuses the token, save where it asks for patience; anything else says nothing of it. */
    private static Said said(Fetched.Answered answered) {
        Map<String, Object> members = JsonTree.members(answered.body(), 0, answered.body().length, MEMBERS);
        String token = members == null ? "" : JsonTree.text(members.get("access_token"));
        if (answered.isSuccess()) {
            return token.isEmpty()
                    ? new Said.Unreachable("the token address gave no access_token")
                    : issued(token, members == null ? Map.of() : members);
        }
        String words = answered.status() + " " + (members == null ? "" : words(members));
        boolean refused = answered.status() == 400 || answered.status() == 401 || answered.status() == 403;
        return refused ? new Said.Refused(words.strip()) : new Said.Unreachable(words.strip());
    }

    private static Said.Issued issued(String token, Map<String, Object> members) {
        String next = JsonTree.text(members.get("refresh_token"));
        Object seconds = members.get("expires_in");
        @Nullable Duration expiresIn = seconds instanceof Long number && number > 0 ? Duration.ofSeconds(number) : null;
        return new Said.Issued(token, next.isEmpty() ? null : next, expiresIn);
    }

    /** {@code error} is a text by the RFC and an object with a message at Anthropic's. */
    private static String words(Map<String, Object> members) {
        String error = JsonTree.text(members.get("error"));
        String inside = JsonTree.text(JsonTree.object(members.get("error")).get("message"));
        String description = JsonTree.text(members.get("error_description"));
        return String.join(" ", error + inside, description).strip();
    }
}
