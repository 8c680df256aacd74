package dev.tollgate.upstream.bedrock;

import dev.tollgate.application.account.Connection;
import dev.tollgate.application.relay.Answer;
import dev.tollgate.application.relay.CallError;
import dev.tollgate.application.relay.Header;
import dev.tollgate.application.relay.Prepared;
import dev.tollgate.application.relay.RelayCall;
import dev.tollgate.application.relay.UpstreamRequest;
import dev.tollgate.upstream.Platform;
import dev.tollgate.upstream.anthropic.AnthropicUpstream;
import dev.tollgate.upstream.bedrock.conversation.BedrockPlatformCodec;
import dev.tollgate.upstream.bedrock.conversation.TargetModel;
import dev.tollgate.upstream.conversation.Conversion;
import dev.tollgate.upstream.conversation.FetchImages;
import dev.tollgate.upstream.http.AnswerCodec;
import dev.tollgate.upstream.http.HeaderRules;
import dev.tollgate.upstream.http.HttpCall;
import dev.tollgate.upstream.http.Target;
import dev.tollgate.upstream.http.Translation;
import dev.tollgate.upstream.http.UpstreamHttp;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sends calls to Amazon Bedrock: messages for a Claude model as they are by InvokeModel, everything else converted by
 * Converse; so too messages that show an image by its address, which InvokeModel does not fetch.
 */
public final class BedrockUpstream implements Platform {
    private static final String MESSAGES = "messages";

    private final UpstreamHttp http;
    private final InstantSource clock;

    public BedrockUpstream(UpstreamHttp http, InstantSource clock) {
        this.http = http;
        this.clock = clock;
    }

    @Override
    public boolean speaks(RelayCall call) {
        return call.dialect().equals(MESSAGES) || call.codec() != null;
    }

    @Override
    public Prepared prepare(UpstreamRequest request) {
        RelayCall call = request.call();
        TargetModel model = TargetModel.of(request.sentModel(), call.body().model());
        if (model.isClaude() && call.dialect().equals(MESSAGES) && !ShownByAddress.isIn(call)) {
            return invoke(request);
        }
        String operation = call.body().stream() ? "converse-stream" : "converse";
        return Conversion.prepare(
                request,
                new BedrockPlatformCodec(model, new FetchImages(http)),
                (body, translation) -> send(request, operation, body, new ConverseCodec(request, clock), translation));
    }

    @Override
    public @Nullable HttpCall probe(Connection connection) {
        Target target = BedrockAddress.models(connection);
        if (target == null) {
            return null;
        }
        List<Header> unsigned = HeaderRules.toUpstream(List.of(), connection.extraHeaders());
        List<Header> headers = BedrockAuth.ofGet(unsigned, target, connection.credentials(), clock.instant());
        return HttpCall.get(target.origin(), connection.proxyUrl(), target.pathAndQuery(), headers);
    }

    private Prepared invoke(UpstreamRequest request) {
        return switch (ClaudeBody.of(request)) {
            case ClaudeBody.Refused(CallError error) -> new Prepared.Refused(error);
            case ClaudeBody.Written(byte[] body, List<String> dropped) ->
                new Invocation(dropped, () -> send(request, body));
        };
    }

    private record Invocation(List<String> dropped, Prepared.Ready ready) implements Prepared.Ready {
        @Override
        public Answer send() {
            return ready.send();
        }
    }

    private Answer send(UpstreamRequest request, byte[] body) {
        boolean stream = request.call().body().stream();
        ClaudeChunk chunk = new ClaudeChunk();
        AnswerCodec codec = new InvokeCodec(AnthropicUpstream.codec(request, clock), chunk, clock);
        return send(
                request,
                stream ? "invoke-with-response-stream" : "invoke",
                body,
                codec,
                new InvokeTranslation(chunk, stream));
    }

    private Answer send(
            UpstreamRequest request, String operation, byte[] body, AnswerCodec codec, Translation translation) {
        Target target = BedrockAddress.of(request.connection(), request.sentModel(), operation);
        List<Header> unsigned = HeaderRules.toUpstream(
                List.of(
                        new Header("content-type", "application/json"),
                        new Header("accept", accepted(request.call().body().stream()))),
                request.connection().extraHeaders());
        List<Header> headers =
                BedrockAuth.headers(unsigned, target, body, request.connection().credentials(), clock.instant());
        HttpCall call =
                new HttpCall(target.origin(), request.connection().proxyUrl(), target.pathAndQuery(), headers, body);
        return http.send(call, request, codec, translation);
    }

    private static String accepted(boolean stream) {
        return stream ? "application/vnd.amazon.eventstream" : "application/json";
    }
}
