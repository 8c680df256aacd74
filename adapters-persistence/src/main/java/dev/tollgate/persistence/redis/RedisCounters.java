package dev.tollgate.persistence.redis;

import dev.tollgate.application.relay.CostLimit;
import dev.tollgate.application.relay.Pace;
import dev.tollgate.domain.entitlement.Spent;
import dev.tollgate.domain.entitlement.WindowKey;
import dev.tollgate.domain.relay.Subject;
import dev.tollgate.persistence.codec.WindowsText;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What is asked and told of a subject's windows beside the calls. */
final class RedisCounters {
    private final Lives lives;
    private final Seeding seeding;
    private final Deadlines deadlines;

    RedisCounters(Lives lives, Seeding seeding, Deadlines deadlines) {
        this.lives = lives;
        this.seeding = seeding;
        this.deadlines = deadlines;
    }

    Map<WindowKey, Spent> spent(Keys keys, Subject subject) {
        return RedisStream.counters(read(keys, subject).list(1).fields()).entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, window -> window.getValue().spent()));
    }

    Pace pace(Keys keys, Subject subject) {
        Reply reply = read(keys, subject);
        return PaceFields.pace(reply.list(1).fields(), reply.number(2));
    }

    private Reply read(Keys keys, Subject subject) {
        List<String> both = List.of(keys.shard(), keys.subject(subject));
        return seeding.trusted(
                keys, Set.of(subject), () -> lives.run(Script.SPENT, both, List.of(), deadlines.background()));
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
