package dev.tollgate.persistence.redis;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.tollgate.application.identity.StoreUnavailable;
import dev.tollgate.application.usage.StreamId;
import dev.tollgate.application.usage.StreamPosition;
import dev.tollgate.application.usage.UsageLedger;
import dev.tollgate.application.usage.UsageLedger.Seed;
import dev.tollgate.application.usage.UsageLedger.Used;
import dev.tollgate.domain.entitlement.WindowKey;
import dev.tollgate.domain.relay.Subject;
import dev.tollgate.persistence.codec.WindowsText;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Fills counters that cannot be trusted: with SQL's sums and what is still on its way there. Of a shard one call at a time
 * does so, and while that is not possible yet it asks SQL every 50 ms.
 */
final class Seeding {
    private static final JsonFactory JSON = new JsonFactory();
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Lives lives;
    private final UsageLedger ledger;
    private final Deadlines deadlines;
    private final List<Turn> turns;

    Seeding(Lives lives, UsageLedger ledger, Deadlines deadlines) {
        this.lives = lives;
        this.ledger = ledger;
        this.deadlines = deadlines;
        this.turns = lives.shards().stream().map(shard -> new Turn()).toList();
    }

    /** Takes a step that needs trusted counters, as soon as they are. */
    Reply trusted(Keys keys, Collection<Subject> subjects, Supplier<Reply> step) {
        long end = System.nanoTime() + deadlines.background().toNanos();
        Reply answer = step.get();
        while (answer.word().equals("cold")) {
            turns.get(keys.number()).seed(end, () -> seed(keys, subjects));
            answer = step.get();
        }
        return answer;
    }

    /** The order of locks is SQL's shard row, then the script. */
    private boolean seed(Keys keys, Collection<Subject> subjects) {
        Reply done = ledger.seed(keys.number(), subjects, seed -> set(keys, subjects, seed));
        if (done.isYes()) {
            Subject[] all = subjects.toArray(Subject[]::new);
            byte[][] names = new byte[all.length][];
            for (int i = 0; i < all.length; i++) {
                names[i] = Scripts.bytes(WindowsText.named(all[i]));
            }
            Waiting.done(lives.ask(redis -> redis.sadd(keys.subjects(), names)), deadlines.background());
        }
        return done.isYes();
    }

    private Reply set(Keys keys, Collection<Subject> subjects, Seed seed) {
        List<String> all = new ArrayList<>(List.of(keys.shard(), keys.events(), keys.open()));
        subjects.forEach(subject -> all.add(keys.subject(subject)));
        return lives.run(
                Script.SEED,
                all,
                List.of(
                        Scripts.bytes(names(subjects)),
                        Scripts.bytes(
                                drained(seed.drained(), lives.generation()).text()),
                        Scripts.bytes(sums(seed)),
                        Scripts.bytes(Long.toString(rejoinMillis(seed)))),
                deadlines.background());
    }

    /** A shard SQL has never heard of lost nothing. */
    private long rejoinMillis(Seed seed) {
        return seed.drained() == null ? 0 : deadlines.rejoin().toMillis();
    }

    /** Of another life of the data SQL's place in the stream says nothing. */
    static StreamId drained(@Nullable StreamPosition drained, String generation) {
        return drained != null && drained.generation().equals(generation) ? drained.last() : StreamId.START;
    }

    static String names(Collection<Subject> subjects) {
        return subjects.stream().map(WindowsText::named).collect(Collectors.joining(","));
    }

    private static String sums(Seed seed) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            for (Map.Entry<Subject, Map<WindowKey, Used>> of : seed.used().entrySet()) {
                json.writeArrayFieldStart(WindowsText.named(of.getKey()));
                for (Map.Entry<WindowKey, Used> window : of.getValue().entrySet()) {
                    json.writeString(WindowsText.named(window.getKey()));
                    json.writeString(Long.toString(window.getValue().requests()));
                    json.writeString(Long.toString(window.getValue().cost().nanos()));
                }
                json.writeEndArray();
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /**
     * Whose turn it is to seed counters of a shard. While none can be seeded yet one caller asks on and the others wait for
     * it: hundreds that ask on their own would keep from the stores what the shard waits for.
     */
    private static final class Turn {
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition changed = lock.newCondition();
        private boolean isAwaited;

        /** Returns once counters could be seeded, one's own or others'. @throws StoreUnavailable if not until the end */
        void seed(long end, Supplier<Boolean> seed) {
            acquire(end);
            try {
                if (isAwaited) {
                    awaitOther(end);
                } else if (!seed.get()) {
                    askOn(end, seed);
                }
            } finally {
                lock.unlock();
            }
        }

        private void acquire(long end) {
            try {
                long left = end - System.nanoTime();
                if (left <= 0 || !lock.tryLock(left, TimeUnit.NANOSECONDS)) {
                    throw late();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw late();
            }
        }

        /** Until whoever asks has an answer, or gives up: then it is another's turn. */
        private void awaitOther(long end) {
            try {
                while (isAwaited) {
                    if (changed.awaitNanos(end - System.nanoTime()) <= 0) {
                        throw late();
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw late();
            }
        }

        private void askOn(long end, Supplier<Boolean> seed) {
            isAwaited = true;
            try {
                do {
                    if (end - System.nanoTime() <= 0) {
                        throw late();
                    }
                    pause();
                } while (!seed.get());
            } finally {
                isAwaited = false;
                changed.signalAll();
            }
        }

        /** Lets the others come and wait. */
        private void pause() {
            try {
                long left = PAUSE.toNanos();
                while (left > 0) {
                    left = changed.awaitNanos(left);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw late();
            }
        }

        private static StoreUnavailable late() {
            return new StoreUnavailable("counters wait for what is still on its way to SQL", null);
        }
    }
}
