package dev.tollgate.persistence.redis;

import dev.tollgate.application.usage.ShardSnapshot;
import dev.tollgate.application.usage.StreamId;
import dev.tollgate.application.usage.UsageStream.Pending;
import dev.tollgate.domain.entitlement.Spent;
import dev.tollgate.domain.entitlement.WindowKey;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.domain.relay.Subject;
import dev.tollgate.persistence.codec.UsageCodec;
import dev.tollgate.persistence.codec.WindowsText;
import io.lettuce.core.Range;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The shards' side that faces SQL: entries on their way there, and a shard as it stands. */
final class RedisStream {
    private final Lives lives;
    private final Deadlines deadlines;

    RedisStream(Lives lives, Deadlines deadlines) {
        this.lives = lives;
        this.deadlines = deadlines;
    }

    List<Pending> pending(Keys keys, int max) {
        Reply reply = lives.run(
                Script.PENDING,
                List.of(keys.shard(), keys.events()),
                List.of(Scripts.bytes(Integer.toString(max))),
                deadlines.background());
        return entries(reply.list(1));
    }

    boolean has(Keys keys, StreamId entry) {
        Range<String> only = Range.create(entry.text(), entry.text());
        return !Waiting.on(lives.ask(redis -> redis.xrange(keys.events(), only)), deadlines.background())
                .isEmpty();
    }

    /** Forgets entries together with the marks of their calls. */
    void drained(Keys keys, List<Pending> committed) {
        List<String> all = new ArrayList<>(List.of(keys.shard(), keys.events()));
        List<byte[]> ids = new ArrayList<>();
        for (Pending entry : committed) {
            all.add(keys.mark(entry.settlement().id()));
            ids.add(Scripts.bytes(entry.id().text()));
        }
        lives.tell(Script.DRAINED, all, ids, deadlines.background());
    }

    long backlog() {
        return sum(
                keys -> lives.ask(redis -> redis.hget(keys.shard(), "waiting")).thenApply(RedisStream::number));
    }

    long openHolds() {
        return sum(keys -> lives.ask(redis -> redis.hlen(keys.open())));
    }

    private long sum(Function<Keys, CompletionStage<Long>> count) {
        List<CompletionStage<Long>> counts = lives.shards().stream().map(count).toList();
        return counts.stream()
                .mapToLong(answer -> Waiting.on(answer, deadlines.background()))
                .sum();
    }

    ShardSnapshot snapshot(Keys keys, Collection<Subject> subjects) {
        List<String> all = new ArrayList<>(List.of(keys.shard(), keys.open(), keys.events()));
        subjects.forEach(subject -> all.add(keys.subject(subject)));
        Reply reply = lives.run(
                Script.SNAPSHOT, all, List.of(Scripts.bytes(Seeding.names(subjects))), deadlines.background());
        Map<Subject, Map<WindowKey, ShardSnapshot.Counter>> counters = new HashMap<>();
        for (Reply of : reply.list(1).lists()) {
            counters.put(WindowsText.subject(of.text(0)), counters(of.list(1).fields()));
        }
        return new ShardSnapshot(
                lives.generation(), counters, holds(reply.list(2).fields()), entries(reply.list(3)));
    }

    /** The windows among a subject's fields: {@code used:day:17}, {@code held:day:17}, {@code requests:day:17}. */
    static Map<WindowKey, ShardSnapshot.Counter> counters(Map<String, byte[]> fields) {
        Map<WindowKey, ShardSnapshot.Counter> counters = new HashMap<>();
        for (String field : fields.keySet()) {
            if (field.startsWith("used:") || field.startsWith("held:")) {
                String window = field.substring(field.indexOf(':') + 1);
                Spent spent = new Spent(
                        Money.ofNanos(number(fields.get("used:" + window))),
                        Money.ofNanos(number(fields.get("held:" + window))));
                counters.put(
                        WindowsText.window(window),
                        new ShardSnapshot.Counter(spent, number(fields.get("requests:" + window))));
            }
        }
        return counters;
    }

    private static long number(byte @Nullable [] text) {
        return text == null ? 0 : Long.parseLong(new String(text, StandardCharsets.UTF_8));
    }

    private static List<ShardSnapshot.OpenHold> holds(Map<String, byte[]> open) {
        List<ShardSnapshot.OpenHold> holds = new ArrayList<>();
        open.forEach((id, text) -> {
            HeldText held = HeldText.of(text);
            held.windows()
                    .forEach(of -> holds.add(
                            new ShardSnapshot.OpenHold(RequestId.of(id), of.subject(), of.windows(), held.amount())));
        });
        return holds;
    }

    private static List<Pending> entries(Reply entries) {
        return entries.lists().stream()
                .map(entry -> entry(StreamId.of(entry.text(0)), entry.list(1).fields()))
                .sorted(Comparator.comparing(Pending::id))
                .toList();
    }

    private static Pending entry(StreamId id, Map<String, byte[]> fields) {
        return new Pending(
                id,
                UsageCodec.settlement(Objects.requireNonNull(fields.get("settlement"))),
                number(fields.get("requests")),
                Money.ofNanos(number(fields.get("cost"))));
    }
}
