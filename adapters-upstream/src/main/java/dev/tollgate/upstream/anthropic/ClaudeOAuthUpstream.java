package dev.tollgate.upstream.anthropic;

import dev.tollgate.application.account.Connection;
import dev.tollgate.application.account.FreshTokens;
import dev.tollgate.application.relay.Answer;
import dev.tollgate.application.relay.Prepared;
import dev.tollgate.application.relay.RelayCall;
import dev.tollgate.application.relay.UpstreamRequest;
import dev.tollgate.upstream.Platform;
import dev.tollgate.upstream.http.HttpCall;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sends messages to Anthropic or any endpoint of its format with an OAuth bearer token: a fresh one, and once more with
 * a renewed one where it is refused.
 */
public final class ClaudeOAuthUpstream implements Platform {
    private static final int UNAUTHORIZED = 401;

    private final AnthropicUpstream anthropic;
    private final FreshTokens tokens;

    public ClaudeOAuthUpstream(AnthropicUpstream anthropic, FreshTokens tokens) {
        this.anthropic = anthropic;
        this.tokens = tokens;
    }

    @Override
    public boolean speaks(RelayCall call) {
        return anthropic.speaks(call);
    }

    @Override
    public Prepared prepare(UpstreamRequest request) {
        String token = tokens.token(request.account().id());
        return switch (anthropic.prepare(with(token, request))) {
            case Prepared.Refused refused -> refused;
            case Prepared.Ready ready -> new Renewing(request, token, ready);
        };
    }

    /** With the token there is: it has just been renewed, as far as it can be. */
    @Override
    public HttpCall probe(Connection connection) {
        return anthropic.probe(connection);
    }

    private final class Renewing implements Prepared.Ready {
        private final UpstreamRequest request;
        private final String token;
        private final Prepared.Ready ready;

        Renewing(UpstreamRequest request, String token, Prepared.Ready ready) {
            this.request = request;
            this.token = token;
            this.ready = ready;
        }

        @Override
        public List<String> dropped() {
            return ready.dropped();
        }

        @Override
        public Answer send() {
            Answer answer = ready.send();
            if (!isRefused(answer)) {
                return answer;
            }
            Optional<String> renewed = tokens.afterRefusal(request.account().id(), token);
            return renewed.isPresent()
                            && anthropic.prepare(with(renewed.get(), request)) instanceof Prepared.Ready again
                    ? again.send()
                    : answer;
        }
    }

    private static boolean isRefused(Answer answer) {
        Integer status = answer instanceof Answer.Failed failed ? failed.fault().httpStatus() : null;
        return status != null && status == UNAUTHORIZED;
    }

    private static UpstreamRequest with(String token, UpstreamRequest request) {
        Connection connection = request.connection();
        Map<String, String> credentials = new HashMap<>(connection.credentials());
        credentials.put(AnthropicUpstream.ACCESS_TOKEN, token);
        return new UpstreamRequest(
                request.call(),
                request.account(),
                new Connection(connection.baseUrl(), credentials, connection.proxyUrl(), connection.extraHeaders()),
                request.sentModel(),
                request.outputBound(),
                request.fetchImages(),
                request.contextWindow(),
                request.deadlines(),
                request.gate());
    }
}
