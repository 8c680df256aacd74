package dev.tollgate.bootstrap.crash;

import dev.tollgate.bootstrap.server.Eventually;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

/** Makes so many calls a second, whatever becomes of them, and writes down what each caller got. */
final class PacedCallers implements AutoCloseable {
    /** More than this many at once are not begun: the machine is too slow for the rate, or nothing answers. */
    private static final int AT_ONCE_MAX = 3000;

    private static final long NANOS = 1_000_000_000L;

    private final List<URI> gateways;
    private final Purses purses;
    private final Load load;
    private final int perSecond;
    private final Random random;
    private final Map<Integer, Made> log = new ConcurrentHashMap<>();
    private final Map<String, Instant> served = new ConcurrentHashMap<>();
    private final AtomicInteger atOnce = new AtomicInteger();
    private final AtomicInteger unavailable = new AtomicInteger();
    private final AtomicReference<Instant> lastUnavailable = new AtomicReference<>(Instant.MIN);
    private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
    private final Thread pacer;
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger faulted = new AtomicInteger();
    private volatile boolean isStopped;

    PacedCallers(List<URI> gateways, Purses purses, Load load, int perSecond, long seed) {
        this.gateways = gateways;
        this.purses = purses;
        this.load = load;
        this.perSecond = perSecond;
        this.random = new Random(seed);
        this.pacer = Thread.ofPlatform().name("pacer").start(this::pace);
    }

    int begun() {
        return begun.get();
    }

    /** How many of those begun are broken off by their caller or by the upstream, if nothing else does it before. */
    int faulted() {
        return faulted.get();
    }

    /** How many answers were 503 until now. */
    int unavailable() {
        return unavailable.get();
    }

    /** When the call was begun that was answered 503 last. */
    Instant lastUnavailable() {
        return lastUnavailable.get();
    }

    /** The users whom a node has not served in a call begun after that, each with the node. */
    List<String> unservedSince(Instant then) {
        return purses.all().stream()
                .flatMap(purse -> IntStream.range(0, gateways.size()).mapToObj(node -> visit(purse, node)))
                .filter(visit -> !served.getOrDefault(visit, Instant.MIN).isAfter(then))
                .toList();
    }

    private static String visit(Purse purse, int node) {
        return purse.name() + "@" + node;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    Collection<Made> log() {
        return log.values();
    }

    /** Begins no further call and waits for those under way. */
    void stop() {
        isStopped = true;
        try {
            pacer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        calls.close();
    }

    @Override
    public void close() {
        stop();
    }

    private void pace() {
        long start = System.nanoTime();
        for (long tick = 0; !isStopped; tick++) {
            long wait = start + tick * NANOS / perSecond - System.nanoTime();
            if (wait > 0) {
                Eventually.pause(Duration.ofNanos(wait));
            }
            if (atOnce.get() < AT_ONCE_MAX) {
                begin();
            }
        }
    }

    private void begin() {
        Wish wish = load.draw(begun.incrementAndGet(), random);
        if (!wish.isMeantToEnd()) {
            faulted.incrementAndGet();
        }
        Purse purse = purses.draw(random);
        atOnce.incrementAndGet();
        calls.execute(() -> make(wish, purse));
    }

    private void make(Wish wish, Purse purse) {
        try {
            Instant from = Instant.now();
            Heard heard = WireCall.make(gateways.get(wish.number() % gateways.size()), purse.key(), wish);
            Made made = new Made(wish, purse, from, Instant.now(), heard);
            log.put(wish.number(), made);
            if (made.isServed()) {
                served.merge(visit(purse, wish.number() % gateways.size()), from, PacedCallers::later);
            }
            if (made.isUnavailable()) {
                unavailable.incrementAndGet();
                lastUnavailable.accumulateAndGet(from, PacedCallers::later);
            }
        } finally {
            atOnce.decrementAndGet();
        }
    }
}
