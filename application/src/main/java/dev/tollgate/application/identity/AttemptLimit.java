package dev.tollgate.application.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Optional;

/** At most so many attempts by one name within a sliding time; remembers the names that tried last. */
public final class AttemptLimit {
    private static final int NAMES_MAX = 100_000;

    private final int attemptsMax;
    private final Duration within;
    private final LinkedHashMap<String, Deque<Instant>> attempts = new LinkedHashMap<>();

    public AttemptLimit(int attemptsMax, Duration within) {
        this.attemptsMax = attemptsMax;
        this.within = within;
    }

    /** Counts an attempt; how long to wait if it is one too many. */
    public synchronized Optional<Duration> take(String name, Instant now) {
        Optional<Duration> wait = waiting(name, now);
        if (wait.isPresent()) {
            return wait;
        }
        attempts.computeIfAbsent(name, unused -> new ArrayDeque<>()).addLast(now);
        if (attempts.size() > NAMES_MAX) {
            attempts.remove(attempts.firstEntry().getKey());
        }
        return Optional.empty();
    }

    /** How long to wait if one more attempt were one too many; counts none. */
    public synchronized Optional<Duration> waiting(String name, Instant now) {
        Deque<Instant> earlier = attempts.getOrDefault(name, new ArrayDeque<>());
        while (!earlier.isEmpty() && !earlier.getFirst().plus(within).isAfter(now)) {
            earlier.removeFirst();
        }
        return earlier.size() < attemptsMax
                ? Optional.empty()
                : Optional.of(Duration.between(now, earlier.getFirst().plus(within)));
    }

    /** Takes back an attempt that was counted at an instant. */
    synchronized void giveBack(String name, Instant counted) {
        Deque<Instant> earlier = attempts.get(name);
        if (earlier != null) {
            boolean unused = earlier.removeLastOccurrence(counted);
        }
    }

    synchronized void forget(String name) {
        attempts.remove(name);
    }
}
