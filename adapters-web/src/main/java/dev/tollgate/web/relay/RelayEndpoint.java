package dev.tollgate.web.relay;

import dev.tollgate.application.identity.StoreUnavailable;
import dev.tollgate.application.relay.CallBody;
import dev.tollgate.application.relay.CallError;
import dev.tollgate.application.relay.RelayCall;
import dev.tollgate.application.relay.RelayOutcome;
import dev.tollgate.application.relay.RelayRequest;
import dev.tollgate.domain.apikey.KeyText;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.scheduling.TaskExecutors;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of a call through HTTP: its head is checked and its body gathered on the event loop, then the use case runs on
 * a virtual thread of its own. The answer begins when the use case says so, which may be long before it ends.
 */
@Singleton
public final class RelayEndpoint {
    private static final Logger LOG = LoggerFactory.getLogger("tollgate.proxy");
    private static final Duration COME_BACK = Duration.ofSeconds(5);

    private final RelayRequest relay;
    private final RequestIds ids;
    private final RequestBodies bodies;
    private final CallHeads heads;
    private final CallDoor door;
    private final RelayHttpSettings settings;
    private final ExecutorService callThreads;

    RelayEndpoint(
            RelayRequest relay,
            RequestIds ids,
            RequestBodies bodies,
            CallHeads heads,
            CallDoor door,
            RelayHttpSettings settings,
            @Named(TaskExecutors.BLOCKING) ExecutorService callThreads) {
        this.relay = relay;
        this.ids = ids;
        this.bodies = bodies;
        this.heads = heads;
        this.door = door;
        this.settings = settings;
        this.callThreads = callThreads;
    }

    /**
     * Serves a call.
     *
     * @param platform the family its path pins, null if none
     */
    public CompletionStage<HttpResponse<?>> serve(HttpRequest<?> request, Dialect dialect, @Nullable String platform) {
        Exchange exchange = Exchange.of(request, ids.next(), dialect.errors());
        CallError refusal = refusedUnread(request);
        if (refusal != null) {
            return CompletableFuture.completedFuture(told(exchange.refused(refusal, List.of())));
        }
        CompletableFuture<HttpResponse<?>> answer = new CompletableFuture<>();
        var unused = bodies.read(exchange)
                .thenAcceptAsync(body -> serve(exchange, dialect, platform, body, answer), callThreads);
        return answer;
    }

    /** A caller who hears that the connection ends sends nothing more on it, to be lost when the gateway is gone. */
    private HttpResponse<?> told(MutableHttpResponse<?> answer) {
        return door.isDraining() ? answer.header(HttpHeaders.CONNECTION, "close") : answer;
    }

    /** What can be refused without reading a body; a call that is not has entered. */
    private @Nullable CallError refusedUnread(HttpRequest<?> request) {
        String key = CallerKey.of(request);
        if (key == null) {
            return CallError.of(
                    CallError.Code.INVALID_API_KEY,
                    "No API key provided: send it as 'Authorization: Bearer' or in 'x-api-key'.");
        }
        if (!KeyText.isWellFormed(key)) {
            return CallError.of(CallError.Code.INVALID_API_KEY, "Incorrect API key provided.");
        }
        CallError unreadable = bodies.refusedUnread(request);
        if (unreadable != null) {
            return unreadable;
        }
        return door.enter() ? null : unavailable("The gateway is shutting down.");
    }

    private void serve(
            Exchange exchange,
            Dialect dialect,
            @Nullable String platform,
            RequestBodies.Gathered gathered,
            CompletableFuture<HttpResponse<?>> answer) {
        try {
            switch (reading(dialect, exchange, gathered)) {
                case BodyReading.Refused(CallError error) -> answer.complete(exchange.refused(error, List.of()));
                case BodyReading.Read(CallBody body) ->
                    relay(exchange, heads.call(exchange.id(), dialect, platform, exchange.request(), body), answer);
            }
        } catch (RuntimeException | Error e) {
            LOG.error("call {} failed", exchange.id().text(), e);
            answer.complete(exchange.refused(failed(), List.of()));
        } finally {
            door.leave();
        }
    }

    private static BodyReading reading(Dialect dialect, Exchange exchange, RequestBodies.Gathered gathered) {
        return switch (gathered) {
            case RequestBodies.Gathered.Refused(CallError error) -> new BodyReading.Refused(error);
            case RequestBodies.Gathered.Whole(byte[] bytes) ->
                dialect.read(bytes, exchange.request().getHeaders().get(HttpHeaders.CONTENT_TYPE));
        };
    }

    private void relay(Exchange exchange, RelayCall call, CompletableFuture<HttpResponse<?>> answer) {
        NettyClientStream client = new NettyClientStream(exchange, settings.getStallTimeout(), answer::complete);
        try {
            switch (relay.relay(call, client)) {
                case RelayOutcome.Told outcome -> answer.complete(told(exchange.answer(outcome)));
                case RelayOutcome.Unsettled(var outcome) -> answer.complete(told(exchange.answer(outcome)));
                case RelayOutcome.Replayed replayed -> answer.complete(told(exchange.again(replayed)));
                case RelayOutcome.Streamed() -> {}
            }
        } catch (StoreUnavailable e) {
            LOG.warn("call {}: {}", exchange.id().text(), e.getMessage());
            end(exchange, client, answer, unavailable("The gateway cannot look up keys at the moment."));
        } catch (RuntimeException | Error e) {
            LOG.error("call {} failed", exchange.id().text(), e);
            end(exchange, client, answer, failed());
        } finally {
            client.release();
        }
    }

    private static void end(
            Exchange exchange, NettyClientStream client, CompletableFuture<HttpResponse<?>> answer, CallError error) {
        if (client.hasBegun()) {
            client.fail(error);
        } else {
            answer.complete(exchange.refused(error, List.of()));
        }
    }

    private static CallError failed() {
        return CallError.of(CallError.Code.INTERNAL_ERROR, "The gateway failed.");
    }

    private static CallError unavailable(String message) {
        return CallError.of(CallError.Code.NO_AVAILABLE_ACCOUNT, message).retryAfter(COME_BACK);
    }
}
