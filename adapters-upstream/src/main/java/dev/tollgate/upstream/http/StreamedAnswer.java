package dev.tollgate.upstream.http;

import dev.tollgate.application.relay.Answer;
import dev.tollgate.application.relay.AnswerHead;
import dev.tollgate.application.relay.ClientStream;
import dev.tollgate.application.relay.Metered;
import dev.tollgate.application.relay.StreamEnd;
import dev.tollgate.application.relay.StreamEnd.Reason;
import dev.tollgate.application.relay.StreamGate;
import dev.tollgate.domain.account.Fault;
import dev.tollgate.domain.usage.TokenUsage;
import dev.tollgate.domain.usage.Usage;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A streamed answer as the thread that waits for it sees it. */
final class StreamedAnswer implements Answer.Streaming {
    private static final byte[] NO_BYTES = {};

    private final AnswerHead head;
    private final @Nullable Fault warning;
    private final AnswerCodec codec;
    private final HttpConnection connection;
    private final Exchange exchange;
    private final Telling telling;
    private final Outflow out;
    private final StreamPump pump;
    private final OpenAnswers open;

    private StreamedAnswer(
            AnswerHead head,
            @Nullable Fault warning,
            AnswerCodec codec,
            HttpConnection connection,
            Exchange exchange,
            Telling telling,
            Outflow out,
            StreamPump pump,
            OpenAnswers open) {
        this.head = head;
        this.warning = warning;
        this.codec = codec;
        this.connection = connection;
        this.exchange = exchange;
        this.telling = telling;
        this.out = out;
        this.pump = pump;
        this.open = open;
    }

    /** What is known of an answer before its head has come; by that it turns out whether it is streamed. */
    record Awaited(
            HttpConnection connection,
            AnswerCodec codec,
            @Nullable Translation translation,
            boolean streamAsked,
            StreamGate gate,
            Drains drains,
            OpenAnswers open,
            InstantSource clock,
            CompletableFuture<Arrived> arrived)
            implements AnswerReader.Bodies {
        @Override
        public AnswerSink of(int status, HttpHeaders headers, Exchange exchange) {
            @Nullable Framing framing = status / 100 == 2 ? codec.framing(headers) : null;
            return framing != null && (streamAsked || framing == Framing.BYTES)
                    ? pump(framing, status, headers, exchange)
                    : new BodyCollector(status, headers, exchange, arrived, BodyCollector.BODY_BYTES_MAX);
        }

        private StreamPump pump(Framing framing, int status, HttpHeaders headers, Exchange exchange) {
            AnswerHead head = HeaderRules.toCaller(status, headers, translation);
            @Nullable Fault warning = codec.warning(status, headers);
            EventScanner scanner = EventScanner.of(framing);
            StreamEvent event = new StreamEvent();
            Outflow out = new Outflow(connection, exchange, codec, clock);
            Telling telling = translation == null
                    ? new Verbatim(scanner, out)
                    : new Retold(scanner, event, translation, codec, out);
            EventFlow flow = new EventFlow(scanner, event, codec, telling, gate, out);
            StreamPump pump = new StreamPump(flow, out, codec, gate, exchange, connection::run, drains, arrived);
            pump.answers(new StreamedAnswer(head, warning, codec, connection, exchange, telling, out, pump, open));
            return pump;
        }
    }

    @Override
    public StreamEnd forward(ClientStream stream) {
        connection.run(() -> pump.attach(head, stream));
        Ending how = awaitEnd();
        boolean saidAll = how.reason() == Reason.TERMINAL || how.reason() == Reason.NO_TERMINAL;
        Metered metered = codec.streamed(saidAll);
        return new StreamEnd(how.reason(), metered, held(how, metered), out.firstTokenAt(), how.fault());
    }

    private Ending awaitEnd() {
        open.enter(this, () -> connection.run(pump::cut));
        try {
            return pump.ended().join();
        } finally {
            open.leave(this);
        }
    }

    /** What the caller takes for the end; in another dialect it is told only now, with the usage that is charged. */
    private byte[] held(Ending how, Metered metered) {
        return switch (how.reason()) {
            case TERMINAL ->
                telling.end(metered.report().known().orElse(Usage.NONE).tokens());
            case ERROR_EVENT -> telling.error();
            case NO_TERMINAL, BROKEN, CLIENT_GONE, TIMEOUT, CUT, UNHELD -> NO_BYTES;
        };
    }

    @Override
    public @Nullable Fault warning() {
        return warning;
    }

    @Override
    public TokenUsage progress() {
        return codec.progress();
    }

    @Override
    public void cancel() {
        connection.run(exchange::cancel);
    }
}
