package dev.tollgate.web.relay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.relay.AnswerHead;
import dev.tollgate.application.relay.RelayOutcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ConnectionsTest {
    private static final int MEBIBYTE = 1024 * 1024;
    private static final RelayServer SERVER = new RelayServer();

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @BeforeEach
    void answer_everything() {
        SERVER.calls.clear();
        SERVER.serve((call, client) -> new RelayOutcome.Answered(
                new AnswerHead(200, List.of()), call.body().model().getBytes(UTF_8), null, List.of()));
    }

    @Test
    void refuse_a_body_that_declares_too_much() throws Exception {
        HttpResponse<String> response = SERVER.send(
                SERVER.request(RelayServer.MESSAGES).POST(BodyPublishers.ofByteArray(new byte[33 * MEBIBYTE])));

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.body()).contains("\"request_too_large\"");
        assertThat(SERVER.calls).isEmpty();
    }

    @Test
    void refuse_a_chunked_body_that_grows_too_large() throws Exception {
        HttpResponse<String> response = SERVER.send(SERVER.request(RelayServer.CHAT)
                .POST(BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(new byte[33 * MEBIBYTE]))));

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.body()).contains("\"request_too_large\"");
    }

    @Test
    void take_a_body_just_below_the_limit() throws Exception {
        String body = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\""
                + "a".repeat(32 * MEBIBYTE - 100) + "\"}]}";

        HttpResponse<String> response = SERVER.post(RelayServer.CHAT, body);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(SERVER.calls.take().body().bytes()).hasSize(body.length());
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "br", "zstd", "deflate"})
    void refuse_compressed_bodies(String encoding) throws Exception {
        HttpResponse<String> response = SERVER.send(SERVER.request(RelayServer.CHAT)
                .header("content-encoding", encoding)
                .POST(BodyPublishers.ofString(RelayServer.CHAT_BODY)));

        assertThat(response.statusCode()).isEqualTo(415);
        assertThat(response.body()).contains("invalid_request_error");
    }

    @Test
    void live_on_after_a_refusal() throws Exception {
        try (Socket socket = SERVER.connect()) {
            String bad = exchange(socket, request("{\"model\":7}"));
            String good = exchange(socket, request("{\"model\":\"first\"}"));
            String again = exchange(socket, request("{\"model\":\"second\"}"));

            assertThat(bad).startsWith("HTTP/1.1 400");
            assertThat(good).startsWith("HTTP/1.1 200").endsWith("first");
            assertThat(again).startsWith("HTTP/1.1 200").endsWith("second");
        }
    }

    @Test
    void answer_pipelined_calls_in_their_order() throws Exception {
        try (Socket socket = SERVER.connect()) {
            StringBuilder calls = new StringBuilder();
            for (int i = 0; i < 20; i++) {
                calls.append(request("{\"model\":\"number-" + i + "\"}"));
            }
            socket.getOutputStream().write(calls.toString().getBytes(UTF_8));
            for (int i = 0; i < 20; i++) {
                assertThat(answer(socket.getInputStream())).endsWith("number-" + i);
            }
        }
    }

    @Test
    void invite_a_body_that_waits_for_it() throws Exception {
        try (Socket socket = SERVER.connect()) {
            OutputStream out = socket.getOutputStream();
            String body = "{\"model\":\"patient\"}";
            out.write(head("expect: 100-continue\r\ncontent-length: " + body.length() + "\r\n")
                    .getBytes(UTF_8));
            String invitation = head(socket.getInputStream());
            out.write(body.getBytes(UTF_8));

            assertThat(invitation).startsWith("HTTP/1.1 100");
            assertThat(answer(socket.getInputStream())).endsWith("patient");
        }
    }

    @Test
    void do_not_invite_a_body_that_is_too_large() throws Exception {
        try (Socket socket = SERVER.connect()) {
            socket.getOutputStream()
                    .write(head("expect: 100-continue\r\ncontent-length: 99999999\r\n")
                            .getBytes(UTF_8));

            assertThat(answer(socket.getInputStream())).startsWith("HTTP/1.1 413");
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /v1/chat/completions HTTP/1.1\r\nhost: t\r\nbad header: x\r\n\r\n",
                "POST /v1/chat/completions HTTP/1.1\r\nhost: t\r\nx-a: a\u0000b\r\n\r\n",
                "POST /v1/chat/completions HTTP/1.1\r\nhost: t\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\n12345",
                "POST /v1/chat/completions HTTP/1.1\r\nhost: t\r\ncontent-length: +5\r\n\r\n12345",
                "POST /v1/chat/completions HTTP/1.1\r\nhost: t\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
                "POST /v1/chat completions HTTP/1.1\r\nhost: t\r\n\r\n",
                "GARBAGE\r\n\r\n",
            })
    void are_closed_after_what_is_not_http(String raw) throws Exception {
        try (Socket socket = SERVER.connect()) {
            socket.getOutputStream().write(raw.getBytes(ISO_8859_1));

            String all = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);

            assertThat(all).matches("(?s)(HTTP/1.[01] 4\\d\\d.*)?");
            assertThat(SERVER.calls).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"xchunked", "gzip, chunked", "identity", "chunked, chunked"})
    void take_no_body_in_a_strange_coding_for_the_next_request(String coding) throws Exception {
        try (Socket socket = SERVER.connect()) {
            String smuggled = head("content-length: 2\r\n") + "{}";
            socket.getOutputStream().write((head("transfer-encoding: " + coding + "\r\n") + smuggled).getBytes(UTF_8));

            String all = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);

            assertThat(all).startsWith("HTTP/1.1 400");
            assertThat(all.split("HTTP/1\\.1", -1)).hasSize(2);
            assertThat(SERVER.calls).isEmpty();
        }
    }

    @Test
    void are_told_that_an_address_is_too_long() throws Exception {
        try (Socket socket = SERVER.connect()) {
            String tooLong = head("content-length: 2\r\n").replace(" HTTP/", "?x=" + "a".repeat(9_000) + " HTTP/");
            socket.getOutputStream().write((tooLong + "{}").getBytes(UTF_8));

            String all = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);

            assertThat(all).startsWith("HTTP/1.1 414").contains("\"invalid_request_error\"");
            assertThat(all.split("HTTP/1\\.1", -1)).hasSize(2);
            assertThat(SERVER.calls).isEmpty();
        }
    }

    @Test
    void take_an_address_of_eight_thousand_characters() throws Exception {
        try (Socket socket = SERVER.connect()) {
            String request = request("{\"model\":\"long\"}").replace(" HTTP/", "?x=" + "a".repeat(8_000) + " HTTP/");

            assertThat(exchange(socket, request)).endsWith("long");
        }
    }

    @Test
    void bound_the_size_of_a_head() throws Exception {
        try (Socket socket = SERVER.connect()) {
            socket.getOutputStream()
                    .write(head("x-long: " + "a".repeat(20_000) + "\r\n").getBytes(UTF_8));

            assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1))
                    .startsWith("HTTP/1.1 4");
        }
    }

    @Test
    void do_not_wait_for_ever_for_a_body() throws Exception {
        try (RelayServer server = new RelayServer(Map.of("tollgate.relay.body-timeout", "300ms"));
                Socket socket = server.connect()) {
            socket.getOutputStream().write(head("content-length: 50\r\n").getBytes(UTF_8));
            socket.getOutputStream().write("{\"model\"".getBytes(UTF_8));

            String all = new String(socket.getInputStream().readAllBytes(), UTF_8);

            assertThat(all).startsWith("HTTP/1.1 408").contains("took too long").doesNotContain("x-should-retry");
        }
    }

    @Test
    void forget_an_upload_that_is_broken_off() throws Exception {
        try (Socket socket = SERVER.connect()) {
            socket.getOutputStream().write(head("content-length: 50\r\n").getBytes(UTF_8));
            socket.getOutputStream().write("{\"model\"".getBytes(UTF_8));
        }
        CallDoor door = SERVER.bean(CallDoor.class);

        assertThat(door.awaitIdle(java.time.Duration.ofSeconds(5))).isTrue();
        assertThat(SERVER.calls).isEmpty();
    }

    private static String head(String headers) {
        return "POST /v1/chat/completions HTTP/1.1\r\nhost: t\r\nx-api-key: " + RelayServer.KEY + "\r\n" + headers
                + "\r\n";
    }

    private static String request(String body) {
        return head("content-length: " + body.length() + "\r\n") + body;
    }

    private static String exchange(Socket socket, String request) throws IOException {
        socket.getOutputStream().write(request.getBytes(UTF_8));
        return answer(socket.getInputStream());
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("ended after " + head);
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static String answer(InputStream in) throws IOException {
        String head = head(in);
        int length = Integer.parseInt(head.replaceAll("(?s).*content-length: (\\d+)\r\n.*", "$1"));
        return head + new String(in.readNBytes(length), UTF_8);
    }
}
