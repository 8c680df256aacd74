package dev.tollgate.upstream.simulated;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tollgate.application.relay.Answer;
import dev.tollgate.application.relay.AnswerHead;
import dev.tollgate.application.relay.Header;
import dev.tollgate.application.relay.Metered;
import dev.tollgate.application.relay.Prepared;
import dev.tollgate.application.relay.RelayCall;
import dev.tollgate.application.relay.UpstreamRequest;
import dev.tollgate.domain.account.Fault;
import dev.tollgate.domain.usage.TokenUsage;
import dev.tollgate.domain.usage.Usage;
import dev.tollgate.upstream.Platform;
import dev.tollgate.upstream.conversation.Conversion;
import dev.tollgate.upstream.conversation.PlatformCodec;
import dev.tollgate.upstream.http.AnswerCodec;
import dev.tollgate.upstream.http.Translation;
import dev.tollgate.upstream.meter.LocalCount;
import dev.tollgate.upstream.openai.conversation.ChatPlatformCodec;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers calls itself. */
public final class SimulatedUpstream implements Platform {
    private static final String RETRY_AFTER = "retry-after";
    private static final String RETRY_AFTER_SECONDS = "20";
    private static final String FAILURE = "The simulated provider fails, as it was told to";
    private static final int BAD_GATEWAY = 502;
    private static final int GATEWAY_TIMEOUT = 504;

    /** Callers of other dialects are answered through chat completions. */
    private static final PlatformCodec CONVERTED = new ChatPlatformCodec();

    private final InstantSource clock;
    private final Pace pace;
    private final Duration perWord;

    /** @param perWord the time between two words where the message does not say */
    public SimulatedUpstream(InstantSource clock, Pace pace, Duration perWord) {
        this.clock = clock;
        this.pace = pace;
        this.perWord = perWord;
    }

    @Override
    public boolean speaks(RelayCall call) {
        return isNative(call) || PlainCalls.are(call.dialect()) || call.codec() != null;
    }

    private static boolean isNative(RelayCall call) {
        return call.dialect().equals("chat") || call.dialect().equals("messages");
    }

    @Override
    public Prepared prepare(UpstreamRequest request) {
        if (PlainCalls.are(request.call().dialect())) {
            return (Prepared.Ready) () -> PlainCalls.answer(request);
        }
        return isNative(request.call())
                ? (Prepared.Ready) () -> send(request)
                : Conversion.prepare(
                        request, CONVERTED, (body, translation) -> send(request, body, new ChatDialect(), translation));
    }

    Answer send(UpstreamRequest request) {
        Dialect dialect = request.call().dialect().equals("messages") ? new MessagesDialect() : new ChatDialect();
        return send(request, request.call().body().bytes(), dialect, null);
    }

    private Answer send(UpstreamRequest request, byte[] body, Dialect dialect, @Nullable Translation translation) {
        Prompt prompt = Prompt.of(body, request.outputBound());
        Directions directions = prompt.directions();
        if (directions.says("error")) {
            return refused(directions.number("error", 500), dialect, request, translation);
        }
        if (directions.says("reset")) {
            return failed(Fault.Kind.UNKNOWN, BAD_GATEWAY);
        }
        if (directions.says("stall")) {
            pace.pause(request.deadlines().firstByte());
            return failed(Fault.Kind.TIMEOUT, GATEWAY_TIMEOUT);
        }
        long input = LocalCount.roughly(request.call().body().bytes().length);
        Script script = Script.of(prompt, input);
        return request.call().body().stream()
                ? streaming(script, dialect, request, translation)
                : whole(script, dialect, request, translation);
    }

    private Answer whole(Script script, Dialect dialect, UpstreamRequest request, @Nullable Translation translation) {
        byte[] body = dialect.whole(script, request).getBytes(UTF_8);
        Metered metered = dialect.codec(request, clock).whole(body);
        TokenUsage usage = metered.report().known().orElse(Usage.NONE).tokens();
        return new Answer.Whole(
                head("application/json", translation),
                translation == null ? body : translation.whole(body, usage),
                metered);
    }

    private Answer streaming(
            Script script, Dialect dialect, UpstreamRequest request, @Nullable Translation translation) {
        Directions directions = script.prompt().directions();
        Dialect.Events events = dialect.events(script, request);
        List<String> told = new ArrayList<>(events.words());
        List<String> last = events.last();
        if (directions.says("cut")) {
            told.subList(Math.min(directions.number("cut", 0), told.size()), told.size())
                    .clear();
            last = List.of();
        } else if (directions.says("error-event")) {
            told.subList(Math.min(directions.number("error-event", 0), told.size()), told.size())
                    .clear();
            last = List.of(dialect.errorEvent(FAILURE));
        }
        long millis = directions.number("pace", (int) perWord.toMillis());
        return new SimulatedStream(
                head("text/event-stream; charset=utf-8", translation),
                new Dialect.Events(events.first(), told, last),
                dialect.codec(request, clock),
                translation,
                () -> pace.pause(Duration.ofMillis(millis)),
                clock,
                request.deadlines(),
                request.gate());
    }

    private Answer refused(int status, Dialect dialect, UpstreamRequest request, @Nullable Translation translation) {
        byte[] body = dialect.error(status, FAILURE).getBytes(UTF_8);
        HttpHeaders headers = new DefaultHttpHeaders();
        List<Header> shown = new ArrayList<>(List.of(contentType("application/json")));
        if (status == 429) {
            headers.set(RETRY_AFTER, RETRY_AFTER_SECONDS);
            shown.add(new Header(RETRY_AFTER, RETRY_AFTER_SECONDS));
        }
        AnswerCodec codec = dialect.codec(request, clock);
        return new Answer.Failed(
                codec.fault(status, headers, body),
                new AnswerHead(status, shown),
                body,
                translation == null ? null : translation.words(body));
    }

    private static Answer failed(Fault.Kind kind, int status) {
        return new Answer.Failed(new Fault(kind, null, null, FAILURE), new AnswerHead(status, List.of()), new byte[0]);
    }

    private static AnswerHead head(String contentType, @Nullable Translation translation) {
        return new AnswerHead(200, translation == null ? List.of(contentType(contentType)) : translation.headers());
    }

    private static Header contentType(String type) {
        return new Header("content-type", type);
    }
}
