package dev.tollgate.upstream.gemini;

import dev.tollgate.application.account.Connection;
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
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Sends calls to the Gemini API, or to what has its layout (Vertex AI's {@code …/publishers/google}). */
public final class GeminiUpstream implements Platform {
    private static final String GENERATE = "generate_content";
    private static final String COUNT = "gemini_count_tokens";
    private static final String EMBED = "embed_content";

    /** Access tokens of Google's OAuth begin so; service accounts may also sign a JWT of their own. */
    private static final Pattern BEARER = Pattern.compile("ya29\\..+|eyJ[\\w-]+\\.[\\w-]+\\.[\\w-]+");

    private final UpstreamHttp http;
    private final InstantSource clock;
    private final @Nullable PlatformCodec converting;

    public GeminiUpstream(UpstreamHttp http, InstantSource clock) {
        this(http, clock, null);
    }

    /** @param converting writes calls of other dialects; null if none are converted */
    public GeminiUpstream(UpstreamHttp http, InstantSource clock, @Nullable PlatformCodec converting) {
        this.http = http;
        this.clock = clock;
        this.converting = converting;
    }

    @Override
    public boolean speaks(RelayCall call) {
        return isNative(call) || (converting != null && call.codec() != null);
    }

    private static boolean isNative(RelayCall call) {
        return switch (call.dialect()) {
            case GENERATE, COUNT, EMBED -> true;
            default -> false;
        };
    }

    @Override
    public Prepared prepare(UpstreamRequest request) {
        if (isNative(request.call()) || converting == null) {
            byte[] body = GeminiWire.body(request);
            Target target = GeminiTarget.ofNative(request);
            return (Prepared.Ready) () -> send(request, target, body, null);
        }
        Target target = GeminiTarget.ofConverted(request);
        return Conversion.prepare(request, converting, (body, translation) -> send(request, target, body, translation));
    }

    @Override
    public HttpCall probe(Connection connection) {
        Target target = GeminiTarget.models(connection);
        List<Header> headers = HeaderRules.toUpstream(credentials(connection), connection.extraHeaders());
        return HttpCall.get(target.origin(), connection.proxyUrl(), target.pathAndQuery(), headers);
    }

    private Answer send(UpstreamRequest request, Target target, byte[] body, @Nullable Translation translation) {
        HttpCall call = new HttpCall(
                target.origin(),
                request.connection().proxyUrl(),
                target.pathAndQuery(),
                HeaderRules.toUpstream(own(request), request.connection().extraHeaders()),
                body);
        return http.send(call, request, codec(request), translation);
    }

    private AnswerCodec codec(UpstreamRequest request) {
        return switch (request.call().dialect()) {
            case COUNT -> new CountCodec(clock);
            case EMBED -> new EmbedCodec(request, clock);
            default -> new GenerateCodec(request, clock);
        };
    }

    private static List<Header> own(UpstreamRequest request) {
        List<Header> own = new ArrayList<>();
        own.add(new Header("content-type", "application/json"));
        own.addAll(credentials(request.connection()));
        return own;
    }

    private static List<Header> credentials(Connection connection) {
        String key = connection.credentials().get("api_key");
        if (key == null) {
            return List.of();
        }
        boolean isToken = BEARER.matcher(key).matches();
        return List.of(isToken ? new Header("authorization", "Bearer " + key) : new Header("x-goog-api-key", key));
    }
}
