package dev.tollgate.bootstrap.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A webhook's other end: takes what is signed with the secret, and nothing else. */
final class Receiver implements AutoCloseable {
    static final String SECRET = "a-secret-of-the-test";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final List<String> refused = new CopyOnWriteArrayList<>();

    Receiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::take);
        server.start();
    }

    /** A delivery that was taken. */
    record Event(String type, String deliveryId, JsonNode body) {
        JsonNode data() {
            return body.get("data");
        }
    }

    String url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook")
                .toString();
    }

    /** Those of a type, in the order they came. */
    List<Event> events(String type) {
        return events.stream().filter(event -> event.type().equals(type)).toList();
    }

    /** What came with a wrong signature. */
    List<String> refused() {
        return refused;
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String signature = String.valueOf(exchange.getRequestHeaders().getFirst("tollgate-signature"));
            String time = signature.replaceFirst("t=(\\d+),v1=.*", "$1");
            boolean isOurs = signature.equals("t=" + time + ",v1=" + hmac(time, body));
            if (isOurs) {
                events.add(new Event(
                        exchange.getRequestHeaders().getFirst("tollgate-event"),
                        exchange.getRequestHeaders().getFirst("tollgate-delivery"),
                        JSON.readTree(body)));
            } else {
                refused.add(signature);
            }
            exchange.sendResponseHeaders(isOurs ? 204 : 401, -1);
        }
    }

    private static String hmac(String time, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update((time + ".").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
