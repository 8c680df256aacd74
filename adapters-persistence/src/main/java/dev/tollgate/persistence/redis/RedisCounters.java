package dev.tollgate.persistence.redis;

import dev.tollgate.application.relay.CostLimit;
import dev.tollgate.application.relay.LiveStore.Counted;
import dev.tollgate.application.relay.Pace;
import dev.tollgate.domain.entitlement.Spent;
import dev.tollgate.domain.entitlement.WindowKey;
import dev.tollgate.domain.relay.Subject;
import dev.tollgate.persistence.codec.WindowsText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** What is asked and told of subjects' windows beside the calls. */
final class RedisCounters {
    /** A script holds up its Redis for as long as it reads this many. */
    private static final int READ_AT_ONCE = 50;

    private final Lives lives;
    private final Seeding seeding;
    private final Deadlines deadlines;

    RedisCounters(Lives lives, Seeding seeding, Deadlines deadlines) {
        this.lives = lives;
        this.seeding = seeding;
        this.deadlines = deadlines;
    }

    Map<WindowKey, Spent> spent(Keys keys, Subject subject) {
        return one(keys, subject).spent();
    }

    Pace pace(Keys keys, Subject subject) {
        return one(keys, subject).pace();
    }

    private Counted one(Keys keys, Subject subject) {
        return counted(trusted(keys, List.of(subject)), 0);
    }

    /** Asks all shards before it waits for the first; those that cannot be trusted yet are then asked one by one. */
    Map<Subject, Counted> counted(Map<Keys, ? extends Collection<Subject>> byShard) {
        List<Asked> all = new ArrayList<>();
        byShard.forEach((keys, subjects) -> {
            List<Subject> there = List.copyOf(subjects);
            for (int from = 0; from < there.size(); from += READ_AT_ONCE) {
                List<Subject> some = there.subList(from, Math.min(there.size(), from + READ_AT_ONCE));
                all.add(new Asked(keys, some, lives.send(Script.SPENT, names(keys, some), List.of())));
            }
        });
        Map<Subject, Counted> counted = new HashMap<>();
        for (Asked asked : all) {
            Reply first = Waiting.on(asked.answer, deadlines.background());
            Reply reply = first.word().equals("spent") ? first : trusted(asked.keys, asked.subjects);
            for (int i = 0; i < asked.subjects.size(); i++) {
                counted.put(asked.subjects.get(i), counted(reply, i));
            }
        }
        return counted;
    }

    private record Asked(Keys keys, List<Subject> subjects, CompletionStage<Reply> answer) {}

    private Reply trusted(Keys keys, List<Subject> subjects) {
        List<String> names = names(keys, subjects);
        return seeding.trusted(keys, subjects, () -> lives.run(Script.SPENT, names, List.of(), deadlines.background()));
    }

    private static List<String> names(Keys keys, List<Subject> subjects) {
        List<String> names = new ArrayList<>(List.of(keys.shard()));
        subjects.forEach(subject -> names.add(keys.subject(subject)));
        return names;
    }

    private static Counted counted(Reply reply, int subject) {
        Map<String, byte[]> fields = reply.list(2 + subject).fields();
        Map<WindowKey, Spent> spent = RedisStream.counters(fields).entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, window -> window.getValue().spent()));
        return new Counted(spent, PaceFields.pace(fields, reply.number(1)));
    }

    void limit(Keys keys, CostLimit limit) {
        lives.tell(
                Script.LIMIT,
                List.of(keys.shard(), keys.subject(limit.subject())),
                List.of(
                        Scripts.bytes(WindowsText.named(limit.window().kind())),
                        Scripts.bytes(ReserveText.versioned(limit))),
                deadlines.background());
    }
}
