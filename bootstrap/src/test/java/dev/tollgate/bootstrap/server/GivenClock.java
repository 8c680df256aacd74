package dev.tollgate.bootstrap.server;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** A gateway's clock as a test sets it: it goes on from there, or stands still. */
public final class GivenClock implements InstantSource {
    static final String PROPERTY = "tollgate.test.clock";
    private static final Map<String, GivenClock> BY_NAME = new ConcurrentHashMap<>();

    private final String name = UUID.randomUUID().toString();
    private volatile InstantSource source = Clock.systemUTC();

    public GivenClock() {
        BY_NAME.put(name, this);
    }

    static GivenClock named(String name) {
        GivenClock clock = BY_NAME.get(name);
        if (clock == null) {
            throw new IllegalArgumentException("no such clock: " + name);
        }
        return clock;
    }

    /** The setting by which a gateway in this process takes it for its clock. */
    public Map<String, Object> setting() {
        return Map.of(PROPERTY, name);
    }

    /** Goes on from an instant. */
    public void set(Instant now) {
        shift(Duration.between(Clock.systemUTC().instant(), now));
    }

    /** Goes wrong by so much. */
    public void shift(Duration ahead) {
        source = Clock.offset(Clock.systemUTC(), ahead);
    }

    /** Stands still. */
    public void stop(Instant now) {
        source = InstantSource.fixed(now);
    }

    @Override
    public Instant instant() {
        return source.instant();
    }
}
