package dev.tollgate.bootstrap.idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tollgate.upstream.Replies;
import dev.tollgate.upstream.ScriptedUpstream;
import dev.tollgate.upstream.ScriptedUpstream.Received;
import dev.tollgate.upstream.ScriptedUpstream.Wire;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An upstream that speaks Anthropic's messages, no answer like any other. It does what it is told by words in the
 * question: {@code wait}, {@code refuse} (the first time only), {@code large}.
 */
final class CountingUpstream implements AutoCloseable {
    private static final int LARGE = 1_200_000;

    private final ScriptedUpstream upstream = ScriptedUpstream.answering(this::answer);
    private final AtomicInteger answers = new AtomicInteger();
    private final AtomicInteger refusals = new AtomicInteger();
    private volatile CountDownLatch gate = new CountDownLatch(0);

    URI uri() {
        return URI.create(upstream.baseUrl());
    }

    /** From now on questions with {@code wait} in them are answered when the latch lets them. */
    CountDownLatch shutGate() {
        gate = new CountDownLatch(1);
        return gate;
    }

    /** How many requests came that have these words in their bodies. */
    int asked(String words) {
        return (int) upstream.received().stream()
                .filter(request -> text(request).contains(words))
                .count();
    }

    @Override
    public void close() {
        gate.countDown();
        upstream.close();
    }

    private void answer(Received request, Wire wire) throws IOException {
        String asked = text(request);
        if (asked.contains("refuse") && refusals.getAndIncrement() == 0) {
            Replies.json(
                            400,
                            "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"Refused.\"}}")
                    .answer(request, wire);
        } else if (asked.replace(" ", "").contains("\"stream\":true")) {
            stream(asked, wire);
        } else {
            await(asked);
            String text = asked.contains("large") ? "x".repeat(LARGE) : "Hello there.";
            Replies.json(200, message("[{\"type\":\"text\",\"text\":\"" + text + "\"}]", "\"end_turn\"", 5))
                    .answer(request, wire);
        }
    }

    private void stream(String asked, Wire wire) throws IOException {
        wire.write(Replies.streamHead());
        for (String event : List.of(
                event("message_start", "\"message\":" + message("[]", "null", 1)),
                event("content_block_start", "\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}"),
                event("content_block_delta", "\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"Hello\"}"))) {
            wire.chunk(event.getBytes(UTF_8));
        }
        await(asked);
        for (String event : List.of(
                event("content_block_stop", "\"index\":0"),
                event(
                        "message_delta",
                        "\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":5}"),
                event("message_stop", ""))) {
            wire.chunk(event.getBytes(UTF_8));
        }
        wire.lastChunk();
    }

    private void await(String asked) {
        if (!asked.contains("wait")) {
            return;
        }
        try {
            if (!gate.await(60, TimeUnit.SECONDS)) {
                throw new AssertionError("the test forgot the gate");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String message(String content, String stopReason, int outputTokens) {
        return "{\"id\":\"msg_" + answers.incrementAndGet()
                + "\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude-sonnet-4-5\",\"content\":"
                + content
                + ",\"stop_reason\":" + stopReason + ",\"stop_sequence\":null,\"usage\":{\"input_tokens\":12,"
                + "\"cache_creation_input_tokens\":0,\"cache_read_input_tokens\":0,\"output_tokens\":" + outputTokens
                + "}}";
    }

    private static String event(String type, String members) {
        return "event: " + type + "\ndata: {\"type\":\"" + type + "\"" + (members.isEmpty() ? "" : ",") + members
                + "}\n\n";
    }

    private static String text(Received request) {
        return new String(request.body(), UTF_8);
    }
}
