package dev.tollgate.web.relay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.application.relay.AnswerHead;
import dev.tollgate.application.relay.CallError;
import dev.tollgate.application.relay.ClientStream;
import dev.tollgate.application.relay.Header;
import dev.tollgate.application.relay.RelayOutcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class StreamedAnswersTest {
    private static final AnswerHead HEAD = new AnswerHead(
            200, List.of(new Header("content-type", "text/event-stream"), new Header("x-tollgate-attempts", "1")));
    private static final RelayServer SERVER = new RelayServer();

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Test
    void arrive_piece_by_piece_before_their_end() throws Exception {
        CountDownLatch firstSeen = new CountDownLatch(1);
        SERVER.serve((call, client) -> {
            client.begin(HEAD);
            say(client, "data: 1\n\n");
            await(firstSeen);
            say(client, "data: 2\n\n");
            client.finish(bytes("data: [DONE]\n\n"));
            return new RelayOutcome.Streamed();
        });

        HttpResponse<InputStream> response = SERVER.send(
                SERVER.request(RelayServer.CHAT).POST(BodyPublishers.ofString(RelayServer.CHAT_BODY)),
                BodyHandlers.ofInputStream());

        byte[] first = response.body().readNBytes("data: 1\n\n".length());
        firstSeen.countDown();
        assertThat(new String(first, UTF_8)).isEqualTo("data: 1\n\n");
        assertThat(new String(response.body().readAllBytes(), UTF_8)).isEqualTo("data: 2\n\ndata: [DONE]\n\n");
    }

    @Test
    void of_sound_are_broken_off_where_they_fail() throws Exception {
        CountDownLatch firstSeen = new CountDownLatch(1);
        SERVER.serve((call, client) -> {
            client.begin(new AnswerHead(200, List.of(new Header("content-type", "audio/mpeg"))));
            say(client, "la la");
            await(firstSeen);
            client.fail(CallError.of(CallError.Code.UPSTREAM_ERROR, "The upstream broke off."));
            return new RelayOutcome.Streamed();
        });

        HttpResponse<InputStream> response = SERVER.send(
                SERVER.request("/v1/audio/speech").POST(BodyPublishers.ofString("{\"model\":\"m\",\"input\":\"la\"}")),
                BodyHandlers.ofInputStream());

        assertThat(response.body().readNBytes("la la".length())).asString(UTF_8).isEqualTo("la la");
        firstSeen.countDown();
        assertThatThrownBy(() -> response.body().readAllBytes()).isInstanceOf(IOException.class);
    }

    @Test
    void carry_our_headers_and_forbid_buffering() throws Exception {
        SERVER.calls.clear();
        SERVER.serve((call, client) -> {
            client.begin(HEAD);
            client.finish(bytes("data: [DONE]\n\n"));
            return new RelayOutcome.Streamed();
        });

        HttpResponse<String> response = SERVER.post(RelayServer.CHAT, RelayServer.CHAT_BODY);

        String id = SERVER.calls.remove().id().text();
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("x-request-id")).contains(id);
        assertThat(response.headers().firstValue("request-id")).contains(id);
        assertThat(response.headers().firstValue("content-type")).contains("text/event-stream");
        assertThat(response.headers().firstValue("cache-control")).contains("no-cache");
        assertThat(response.headers().firstValue("x-accel-buffering")).contains("no");
        assertThat(response.headers().firstValue("x-tollgate-attempts")).contains("1");
        assertThat(response.headers().firstValue("content-encoding")).isEmpty();
    }

    @Test
    void keep_the_order_of_many_small_writes_from_several_threads() throws Exception {
        SERVER.serve((call, client) -> {
            client.begin(HEAD);
            for (int i = 0; i < 2_000; i++) {
                String part = i + ",";
                if (i % 100 == 0) {
                    Thread writer = new Thread(() -> say(client, part));
                    writer.start();
                    join(writer);
                } else {
                    say(client, part);
                }
            }
            client.finish(bytes("end"));
            return new RelayOutcome.Streamed();
        });

        String body = SERVER.post(RelayServer.CHAT, RelayServer.CHAT_BODY).body();

        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < 2_000; i++) {
            expected.append(i).append(',');
        }
        assertThat(body).isEqualTo(expected + "end");
    }

    @Test
    void hold_back_a_writer_whose_reader_is_slow() throws Exception {
        AtomicLong accepted = new AtomicLong();
        CountDownLatch full = new CountDownLatch(1);
        CountDownLatch readyAgain = new CountDownLatch(1);
        SERVER.serve((call, client) -> {
            client.begin(HEAD);
            accepted.set(writeUntilStalled(client));
            full.countDown();
            client.onReady(readyAgain::countDown);
            await(readyAgain);
            client.finish(bytes("end"));
            return new RelayOutcome.Streamed();
        });

        try (Socket socket = SERVER.connect()) {
            socket.getOutputStream().write(rawChat());
            assertThat(full.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(readyAgain.getCount()).isEqualTo(1);
            byte[] all = readUntil(socket.getInputStream(), "end\r\n0\r\n\r\n");
            assertThat(all.length).isGreaterThan((int) accepted.get());
        }
        assertThat(readyAgain.getCount()).isZero();
    }

    @Test
    void tell_at_once_when_the_caller_has_left() throws Exception {
        CountDownLatch gone = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        SERVER.serve((call, client) -> {
            client.begin(HEAD);
            client.onGone(gone::countDown);
            say(client, "data: 1\n\n");
            await(gone);
            assertThat(client.isGone()).isTrue();
            say(client, "data: 2\n\n");
            client.abort();
            ended.countDown();
            return new RelayOutcome.Streamed();
        });

        try (Socket socket = SERVER.connect()) {
            socket.getOutputStream().write(rawChat());
            byte[] unused = readUntil(socket.getInputStream(), "data: 1\n\n\r\n");
        }

        assertThat(gone.await(5, TimeUnit.SECONDS)).isTrue();
        assertThat(ended.await(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void tell_of_a_caller_who_leaves_before_the_answer_begins() throws Exception {
        CountDownLatch gone = new CountDownLatch(1);
        SERVER.serve((call, client) -> {
            client.onGone(gone::countDown);
            await(gone);
            return new RelayOutcome.Answered(new AnswerHead(200, List.of()), new byte[0], null, List.of());
        });

        try (Socket socket = SERVER.connect()) {
            socket.getOutputStream().write(rawChat());
            SERVER.calls.take();
        }

        assertThat(gone.await(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void have_no_end_when_they_are_aborted() {
        SERVER.serve((call, client) -> {
            client.begin(HEAD);
            say(client, "data: 1\n\n");
            client.abort();
            return new RelayOutcome.Streamed();
        });

        assertThatThrownBy(() -> SERVER.post(RelayServer.CHAT, RelayServer.CHAT_BODY))
                .isInstanceOf(IOException.class);
    }

    @Test
    void end_with_an_error_event_in_the_dialect_of_openai() throws Exception {
        String body = failed(RelayServer.CHAT);

        assertThat(body)
                .startsWith("data: 1\n\ndata: {\"error\":{")
                .contains("\"code\":\"upstream_error\"")
                .endsWith("}}\n\n");
    }

    @Test
    void end_with_an_error_event_in_the_dialect_of_anthropic() throws Exception {
        String body = failed(RelayServer.MESSAGES);

        assertThat(body)
                .startsWith("data: 1\n\nevent: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"api_error\"")
                .endsWith("}\n\n");
    }

    @Test
    void end_with_an_error_event_when_the_use_case_breaks() throws Exception {
        SERVER.serve((call, client) -> {
            client.begin(HEAD);
            say(client, "data: 1\n\n");
            throw new IllegalStateException("a bug");
        });

        String body = SERVER.post(RelayServer.CHAT, RelayServer.CHAT_BODY).body();

        assertThat(body).contains("\"code\":\"internal_error\"").doesNotContain("a bug");
    }

    @Test
    void close_the_connection_of_a_caller_who_stops_reading() throws Exception {
        CountDownLatch gone = new CountDownLatch(1);
        try (RelayServer server = new RelayServer(java.util.Map.of("tollgate.relay.stall-timeout", "200ms"))) {
            server.serve((call, client) -> {
                client.begin(HEAD);
                client.onGone(gone::countDown);
                long unused = writeUntilStalled(client);
                await(gone);
                client.abort();
                return new RelayOutcome.Streamed();
            });
            try (Socket socket = server.connect()) {
                socket.getOutputStream().write(rawChat());
                assertThat(gone.await(10, TimeUnit.SECONDS)).isTrue();
            }
        }
    }

    private static String failed(String path) throws IOException, InterruptedException {
        SERVER.serve((call, client) -> {
            client.begin(HEAD);
            say(client, "data: 1\n\n");
            client.fail(CallError.of(CallError.Code.UPSTREAM_ERROR, "The upstream broke off."));
            return new RelayOutcome.Streamed();
        });
        return SERVER.post(path, RelayServer.CHAT_BODY).body();
    }

    static byte[] rawChat() {
        String body = RelayServer.CHAT_BODY;
        return ("POST /v1/chat/completions HTTP/1.1\r\nhost: t\r\nx-api-key: " + RelayServer.KEY
                        + "\r\ncontent-length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(UTF_8);
    }

    /** Reads up to a mark that stands last; in blocks, since a fast writer sends megabytes. */
    static byte[] readUntil(InputStream in, String end) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        byte[] block = new byte[64 * 1024];
        String tail = "";
        while (!tail.endsWith(end)) {
            int length = in.read(block);
            if (length < 0) {
                throw new IOException("ended with " + tail);
            }
            read.write(block, 0, length);
            String seen = tail + new String(block, 0, length, ISO_8859_1);
            tail = seen.substring(Math.max(0, seen.length() - end.length()));
        }
        return read.toByteArray();
    }

    /** Writes as a pump does, until nothing has been taken for a while; gives the bytes written. */
    private static long writeUntilStalled(ClientStream client) {
        byte[] chunk = new byte[1024];
        long written = 0;
        while (true) {
            written += chunk.length;
            if (!client.write(ByteBuffer.wrap(chunk))) {
                CountDownLatch ready = new CountDownLatch(1);
                client.onReady(ready::countDown);
                if (!within(ready, Duration.ofMillis(500))) {
                    return written;
                }
                if (client.isGone()) {
                    return written;
                }
            }
        }
    }

    private static boolean within(CountDownLatch latch, Duration most) {
        try {
            return latch.await(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void say(ClientStream client, String text) {
        boolean unused = client.write(bytes(text));
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }

    private static void await(CountDownLatch latch) {
        if (!within(latch, Duration.ofSeconds(20))) {
            throw new IllegalStateException("waited in vain");
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
