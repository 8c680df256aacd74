package dev.tollgate.upstream.anthropic;

import dev.tollgate.application.account.Connection;
import dev.tollgate.application.relay.Answer;
import dev.tollgate.application.relay.CallError;
import dev.tollgate.application.relay.Header;
import dev.tollgate.application.relay.Prepared;
import dev.tollgate.application.relay.RelayCall;
import dev.tollgate.application.relay.UpstreamRequest;
import dev.tollgate.upstream.Platform;
import dev.tollgate.upstream.anthropic.conversation.MessagesPlatformCodec;
import dev.tollgate.upstream.conversation.Conversion;
import dev.tollgate.upstream.conversation.PlatformCodec;
import dev.tollgate.upstream.http.AnswerCodec;
import dev.tollgate.upstream.http.HeaderRules;
import dev.tollgate.upstream.http.HttpCall;
import dev.tollgate.upstream.http.Target;
import dev.tollgate.upstream.http.Translation;
import dev.tollgate.upstream.http.UpstreamHttp;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sends messages, and questions how many tokens they have, to Anthropic or a compatible server. */
public final class AnthropicUpstream implements Platform {
    private static final Set<String> PROTOCOL = Set.of("anthropic-version", "anthropic-beta");
    private static final String BASE = "https://api.anthropic.com";
    private static final String VERSION_PATH = "/v1";
    private static final String PATH = "/messages";
    private static final PlatformCodec CODEC = new MessagesPlatformCodec();

    /** The credential that is sent as a bearer token; see {@link ClaudeOAuthUpstream}. */
    static final String ACCESS_TOKEN = "access_token";

    private static final String BETA = "anthropic-beta";
    private static final String OAUTH_BETA = "oauth-2025-04-20";
    private static final Header VERSION = new Header("anthropic-version", "2023-06-01");

    private final UpstreamHttp http;
    private final InstantSource clock;

    public AnthropicUpstream(UpstreamHttp http, InstantSource clock) {
        this.http = http;
        this.clock = clock;
    }

    @Override
    public boolean speaks(RelayCall call) {
        return isNative(call) || call.codec() != null;
    }

    private static boolean isNative(RelayCall call) {
        return call.dialect().equals("messages") || isCount(call);
    }

    private static boolean isCount(RelayCall call) {
        return call.dialect().equals("count_tokens");
    }

    @Override
    public Prepared prepare(UpstreamRequest request) {
        if (!isNative(request.call())) {
            return Conversion.prepare(
                    request, CODEC, (body, translation) -> send(request, PATH, null, List.of(), body, translation));
        }
        RelayCall call = request.call();
        return switch (MessagesWire.body(request)) {
            case MessagesWire.Body.Refused(CallError error) -> new Prepared.Refused(error);
            case MessagesWire.Body.Ready(byte[] body, List<String> dropped) ->
                new Native(dropped, () -> send(request, call.path(), call.query(), request.headers(), body, null));
        };
    }

    @Override
    public HttpCall probe(Connection connection) {
        Target target = Target.of(base(connection), VERSION_PATH, "/models", "limit=1");
        List<Header> own = new ArrayList<>(credentials(connection, List.of()));
        own.add(VERSION);
        List<Header> headers = HeaderRules.toUpstream(own, connection.extraHeaders());
        return HttpCall.get(target.origin(), connection.proxyUrl(), target.pathAndQuery(), headers);
    }

    private record Native(List<String> dropped, Prepared.Ready ready) implements Prepared.Ready {
        @Override
        public Answer send() {
            return ready.send();
        }
    }

    private Answer send(
            UpstreamRequest request,
            String path,
            @Nullable String query,
            List<Header> callers,
            byte[] body,
            @Nullable Translation translation) {
        Target target = Target.of(base(request.connection()), VERSION_PATH, path, query);
        HttpCall call = new HttpCall(
                target.origin(),
                request.connection().proxyUrl(),
                target.pathAndQuery(),
                HeaderRules.toUpstream(
                        callers,
                        PROTOCOL,
                        own(request, callers),
                        request.connection().extraHeaders()),
                body);
        return http.send(call, request, codec(request, clock), translation);
    }

    /** Anthropic's clients take a base without the version, routers' settings the whole address: all are understood. */
    private static String base(Connection connection) {
        String base = connection.baseUrl();
        String trimmed = (base == null ? BASE : base).replaceFirst("/+$", "");
        String root = trimmed.endsWith(VERSION_PATH + PATH)
                ? trimmed.substring(0, trimmed.length() - PATH.length())
                : trimmed;
        return root.endsWith(VERSION_PATH) ? root : root + VERSION_PATH;
    }

    /** How an answer in this dialect is read, for a server that is none. */
    public static AnswerCodec codec(UpstreamRequest request, InstantSource clock) {
        return isCount(request.call()) ? new CountCodec(request, clock) : new MessagesCodec(request, clock);
    }

    private static List<Header> own(UpstreamRequest request, List<Header> callers) {
        List<Header> headers = new ArrayList<>();
        headers.add(new Header("content-type", "application/json"));
        headers.add(new Header("accept", request.call().body().stream() ? "text/event-stream" : "application/json"));
        if (callers.stream().noneMatch(header -> header.isNamed(VERSION.name()))) {
            headers.add(VERSION);
        }
        headers.addAll(credentials(request.connection(), callers));
        return headers;
    }

    private static List<Header> credentials(Connection connection, List<Header> callers) {
        List<Header> headers = new ArrayList<>();
        String key = connection.credentials().get("api_key");
        if (key != null) {
            headers.add(new Header("x-api-key", key));
        }
        String token = connection.credentials().get(ACCESS_TOKEN);
        if (token != null) {
            headers.add(new Header("authorization", "Bearer " + token));
            headers.add(new Header(BETA, betas(callers)));
        }
        return headers;
    }

    /** The caller's betas and the one that bearer tokens are accepted under. */
    private static String betas(List<Header> callers) {
        List<String> betas = new ArrayList<>();
        for (Header header : callers) {
            if (header.isNamed(BETA)) {
                betas.add(header.value());
            }
        }
        if (betas.stream().noneMatch(beta -> beta.contains(OAUTH_BETA))) {
            betas.add(OAUTH_BETA);
        }
        return String.join(",", betas);
    }
}
