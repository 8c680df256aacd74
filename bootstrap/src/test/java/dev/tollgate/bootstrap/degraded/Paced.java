package dev.tollgate.bootstrap.degraded;

import dev.tollgate.bootstrap.server.Caller;
import dev.tollgate.bootstrap.server.Caller.Dialect;
import dev.tollgate.bootstrap.server.Eventually;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Calls one after another for a while, and how long each took. */
record Paced(List<Timed> calls) {
    private static final Duration PAUSE = Duration.ofMillis(10);

    /** A call's status, how long its answer took, and what was said if it was refused. */
    record Timed(int status, Duration took, String refusal) {}

    static Paced during(Duration span, Caller caller, String request) {
        List<Timed> calls = new ArrayList<>();
        long end = System.nanoTime() + span.toNanos();
        while (System.nanoTime() < end) {
            calls.add(one(caller, request));
            Eventually.pause(PAUSE);
        }
        return new Paced(calls);
    }

    static Timed one(Caller caller, String request) {
        long begun = System.nanoTime();
        HttpResponse<byte[]> answer = caller.call(Dialect.CHAT, request);
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        String refusal = answer.statusCode() == 200 ? "" : new String(answer.body(), StandardCharsets.UTF_8);
        return new Timed(answer.statusCode(), took, refusal);
    }

    List<Integer> statuses() {
        return calls.stream().map(Timed::status).distinct().sorted().toList();
    }

    Duration slowest() {
        return percentile(100);
    }

    Duration percentile(int percent) {
        List<Duration> sorted = calls.stream().map(Timed::took).sorted().toList();
        return sorted.get(Math.max(0, (sorted.size() * percent + 99) / 100 - 1));
    }

    long refused() {
        return calls.stream().filter(call -> call.status() != 200).count();
    }

    /** What was said to refused calls, the first of them. */
    String refusal() {
        return calls.stream()
                .map(Timed::refusal)
                .filter(said -> !said.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** The calls after the first ones, which may have found out what is away. */
    Paced after(int first) {
        return new Paced(calls.subList(Math.min(first, calls.size() - 1), calls.size()));
    }

    @Override
    public String toString() {
        return calls.size() + " calls " + statuses() + ", p50 " + percentile(50).toMillis() + " ms, p99 "
                + percentile(99).toMillis() + " ms, slowest " + slowest().toMillis() + " ms";
    }
}
