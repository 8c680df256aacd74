package dev.tollgate.upstream.openai;

import dev.tollgate.application.relay.Answer;
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
import org.jspecify.annotations.Nullable;

/** Sends chat completions to OpenAI or a compatible server. */
public final class OpenAiUpstream implements Platform {
    private static final String BASE = "https://api.openai.com/v1";
    private static final String PATH = "/chat/completions";
    private static final PlatformCodec CODEC = new ChatPlatformCodec();

    private final UpstreamHttp http;
    private final InstantSource clock;

    public OpenAiUpstream(UpstreamHttp http, InstantSource clock) {
        this.http = http;
        this.clock = clock;
    }

    @Override
    public boolean speaks(RelayCall call) {
        return isNative(call) || call.codec() != null;
    }

    private static boolean isNative(RelayCall call) {
        return call.dialect().equals("chat");
    }

    @Override
    public Prepared prepare(UpstreamRequest request) {
        if (!isNative(request.call())) {
            return Conversion.prepare(
                    request, CODEC, (body, translation) -> send(request, PATH, null, List.of(), body, translation));
        }
        RelayCall call = request.call();
        byte[] body = ChatWire.body(request);
        return (Prepared.Ready) () -> send(request, call.path(), call.query(), request.headers(), body, null);
    }

    private Answer send(
            UpstreamRequest request,
            String path,
            @Nullable String query,
            List<Header> callers,
            byte[] body,
            @Nullable Translation translation) {
        String base = request.connection().baseUrl();
        // A bare host is taken for the provider's own layout, as its clients' settings do with /v1.
        Target target = Target.of(base == null ? BASE : base, "/v1", path, query);
        HttpCall call = new HttpCall(
                target.origin(),
                request.connection().proxyUrl(),
                target.pathAndQuery(),
                HeaderRules.toUpstream(
                        callers, own(request), request.connection().extraHeaders()),
                body);
        return http.send(call, request, new ChatCodec(request, clock), translation);
    }

    /** How an answer in this dialect is read, for a server that is none. */
    public static AnswerCodec codec(UpstreamRequest request, InstantSource clock) {
        return new ChatCodec(request, clock);
    }

    private static List<Header> own(UpstreamRequest request) {
        List<Header> headers = new ArrayList<>();
        headers.add(new Header("content-type", "application/json"));
        headers.add(new Header("accept", request.call().body().stream() ? "text/event-stream" : "application/json"));
        String key = request.connection().credentials().get("api_key");
        if (key != null) {
            headers.add(new Header("authorization", "Bearer " + key));
        }
        String organization = request.connection().credentials().get("organization");
        if (organization != null && !organization.isBlank()) {
            headers.add(new Header("openai-organization", organization));
        }
        return headers;
    }
}
