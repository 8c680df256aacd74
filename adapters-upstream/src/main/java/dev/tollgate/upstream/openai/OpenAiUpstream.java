package dev.tollgate.upstream.openai;

import dev.tollgate.application.account.Connection;
import dev.tollgate.application.relay.Answer;
import dev.tollgate.application.relay.CallBody;
import dev.tollgate.application.relay.Header;
import dev.tollgate.application.relay.Prepared;
import dev.tollgate.application.relay.RelayCall;
import dev.tollgate.application.relay.UpstreamRequest;
import dev.tollgate.upstream.Platform;
import dev.tollgate.upstream.conversation.Conversion;
import dev.tollgate.upstream.conversation.PlatformCodec;
import dev.tollgate.upstream.http.AnswerCodec;
import dev.tollgate.upstream.http.HeaderRules;
import dev.tollgate.upstream.http.HttpCall;
import dev.tollgate.upstream.http.Target;
import dev.tollgate.upstream.http.Translation;
import dev.tollgate.upstream.http.UpstreamHttp;
import dev.tollgate.upstream.openai.conversation.ChatPlatformCodec;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sends calls to OpenAI's APIs, wherever they are served. */
public final class OpenAiUpstream implements Platform {
    private static final Set<String> PROTOCOL = Set.of("openai-beta");
    private static final PlatformCodec CODEC = new ChatPlatformCodec();

    private final UpstreamHttp http;
    private final InstantSource clock;
    private final Endpoint endpoint;

    /** OpenAI's own servers and those compatible with them. */
    public OpenAiUpstream(UpstreamHttp http, InstantSource clock) {
        this(http, clock, new OpenAiEndpoint());
    }

    public OpenAiUpstream(UpstreamHttp http, InstantSource clock, Endpoint endpoint) {
        this.http = http;
        this.clock = clock;
        this.endpoint = endpoint;
    }

    @Override
    public boolean speaks(RelayCall call) {
        return isNative(call) || call.codec() != null;
    }

    private boolean isNative(RelayCall call) {
        OpenAiApi api = OpenAiApi.of(call);
        return api != null && endpoint.has(api);
    }

    @Override
    public Prepared prepare(UpstreamRequest request) {
        OpenAiApi api = OpenAiApi.of(request.call());
        if (api == null || !endpoint.has(api)) {
            return Conversion.prepare(request, CODEC, (body, translation) -> sendChat(request, body, translation));
        }
        byte[] body = OpenAiWire.body(request, api, endpoint.model(request));
        return (Prepared.Ready) () -> sendOwn(request, api, body);
    }

    @Override
    public @Nullable HttpCall probe(Connection connection) {
        Target target = endpoint.models(connection);
        if (target == null) {
            return null;
        }
        List<Header> headers = HeaderRules.toUpstream(endpoint.credentials(connection), connection.extraHeaders());
        return HttpCall.get(target.origin(), connection.proxyUrl(), target.pathAndQuery(), headers);
    }

    private Answer sendOwn(UpstreamRequest request, OpenAiApi api, byte[] body) {
        Target target = endpoint.target(request, api, request.call().query());
        return send(request, api, target, request.headers(), body, null);
    }

    /** Sends a chat completion written for a caller of another dialect, whose own headers and query are left behind. */
    private Answer sendChat(UpstreamRequest request, byte[] body, Translation translation) {
        Target target = endpoint.target(request, OpenAiApi.CHAT, null);
        byte[] named = OpenAiWire.named(body, request.sentModel(), endpoint.model(request));
        return send(request, OpenAiApi.CHAT, target, List.of(), named, translation);
    }

    private Answer send(
            UpstreamRequest request,
            OpenAiApi api,
            Target target,
            List<Header> callers,
            byte[] body,
            @Nullable Translation translation) {
        String type = translation == null ? request.call().body().contentType() : CallBody.JSON;
        List<Header> own = new ArrayList<>();
        own.add(new Header("content-type", type));
        own.add(new Header("accept", accept(request, api)));
        own.addAll(endpoint.credentials(request.connection()));
        HttpCall call = new HttpCall(
                target.origin(),
                request.connection().proxyUrl(),
                target.pathAndQuery(),
                HeaderRules.toUpstream(
                        callers, PROTOCOL, own, request.connection().extraHeaders()),
                body);
        return http.send(call, request, api.codec(request, clock), translation);
    }

    private static String accept(UpstreamRequest request, OpenAiApi api) {
        if (api.answersAnything()) {
            return "*/*";
        }
        return request.call().body().stream() ? "text/event-stream" : "application/json";
    }

    /** How an answer in this dialect is read, for a server that is none. */
    public static AnswerCodec codec(UpstreamRequest request, InstantSource clock) {
        return new ChatCodec(request, clock);
    }
}
