package dev.tollgate.web.relay;

import dev.tollgate.application.relay.AdmissionClock;
import dev.tollgate.application.relay.CallError;
import dev.tollgate.application.relay.ClientStream;
import dev.tollgate.application.relay.ListModels;
import dev.tollgate.application.relay.RelayCall;
import dev.tollgate.application.relay.RelayOutcome;
import dev.tollgate.application.relay.RelayRequest;
import dev.tollgate.domain.apikey.KeyText;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BiFunction;

/** A real HTTP server with the relay's surface and a use case that does what a test says. */
final class RelayServer implements RelayRequest, AutoCloseable {
    static final String KEY = KeyText.generate(new Random(7)::nextInt).text();
    static final String CHAT = "/v1/chat/completions";
    static final String MESSAGES = "/v1/messages";
    static final String CHAT_BODY = "{\"model\":\"gpt\",\"stream\":true,\"messages\":[]}";

    /** Small, so that a caller who does not read is felt soon. */
    private static final int RECEIVE_BUFFER_BYTES = 64 * 1024;

    private static final int READ_TIMEOUT_MILLIS = 10_000;

    private static final Map<String, Object> SERVER = Map.of(
            "micronaut.server.port",
            -1,
            "micronaut.server.max-request-size",
            "32MB",
            "micronaut.server.max-request-buffer-size",
            "32MB",
            "micronaut.server.netty.max-initial-line-length",
            8192,
            "micronaut.server.netty.max-header-size",
            16384,
            "micronaut.server.netty.compression-threshold",
            -1,
            "micronaut.server.netty.request-decompression-enabled",
            false,
            "micronaut.server.netty.keep-alive-on-server-error",
            true);

    private static final ListModels NO_MODELS = new ListModels() {
        @Override
        public Listing list(Visitor visitor) {
            return new Listing.Models(List.of());
        }

        @Override
        public Listing find(Visitor visitor, String name) {
            return new Listing.Refused(CallError.of(CallError.Code.MODEL_NOT_FOUND, "None."));
        }
    };

    /** The calls that came through, in their order. */
    final BlockingQueue<RelayCall> calls = new LinkedBlockingQueue<>();

    private final ApplicationContext context;
    private final EmbeddedServer server;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private volatile BiFunction<RelayCall, ClientStream, RelayOutcome> script = (call, stream) -> {
        throw new IllegalStateException("the test says nothing");
    };

    RelayServer() {
        this(Map.of());
    }

    RelayServer(Map<String, Object> settings) {
        this(settings, NO_MODELS);
    }

    RelayServer(Map<String, Object> settings, ListModels models) {
        Map<String, Object> properties = new HashMap<>(SERVER);
        properties.putAll(settings);
        context = ApplicationContext.builder().properties(properties).build();
        context.registerSingleton(RelayRequest.class, this);
        context.registerSingleton(ListModels.class, models);
        context.registerSingleton(InstantSource.class, InstantSource.system());
        context.registerSingleton(new AdmissionClock(InstantSource.system()));
        context.start();
        server = context.getBean(EmbeddedServer.class).start();
    }

    /** From now on calls are served like this. */
    void serve(BiFunction<RelayCall, ClientStream, RelayOutcome> how) {
        script = how;
    }

    @Override
    public RelayOutcome relay(RelayCall call, ClientStream stream) {
        calls.add(call);
        return script.apply(call, stream);
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    int port() {
        return server.getPort();
    }

    /** A request with a good key, to be made up as the test needs. */
    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .header("content-type", "application/json")
                .header("authorization", "Bearer " + KEY);
    }

    HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return send(request(path).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler)
            throws IOException, InterruptedException {
        return client.send(request.build(), handler);
    }

    /** A bare connection, for what no HTTP client would do. */
    Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(RECEIVE_BUFFER_BYTES);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()));
        socket.setSoTimeout(READ_TIMEOUT_MILLIS);
        return socket;
    }

    @Override
    public void close() {
        context.close();
    }
}
