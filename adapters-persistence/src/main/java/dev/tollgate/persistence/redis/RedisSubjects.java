package dev.tollgate.persistence.redis;

import dev.tollgate.application.usage.LiveCounters.Correction;
import dev.tollgate.domain.relay.Subject;
import dev.tollgate.persistence.codec.WindowsText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Who has counters in a shard, and putting them right. */
final class RedisSubjects {
    private static final int AT_ONCE = 500;

    private final Lives lives;
    private final Deadlines deadlines;

    RedisSubjects(Lives lives, Deadlines deadlines) {
        this.lives = lives;
        this.deadlines = deadlines;
    }

    /** Those whose counters can be trusted by now. */
    Set<Subject> known(Keys keys) {
        List<Subject> named = new ArrayList<>();
        for (byte[] name : Waiting.on(lives.ask(redis -> redis.smembers(keys.subjects())), deadlines.background())) {
            named.add(WindowsText.subject(new String(name, StandardCharsets.UTF_8)));
        }
        Set<Subject> trusted = new HashSet<>();
        for (int from = 0; from < named.size(); from += AT_ONCE) {
            List<Subject> some = named.subList(from, Math.min(named.size(), from + AT_ONCE));
            List<String> all = new ArrayList<>(List.of(keys.shard(), keys.subjects()));
            some.forEach(subject -> all.add(keys.subject(subject)));
            Reply reply =
                    lives.run(Script.KNOWN, all, List.of(Scripts.bytes(Seeding.names(some))), deadlines.background());
            for (int i = 1; i < reply.size(); i++) {
                trusted.add(WindowsText.subject(reply.text(i)));
            }
        }
        return trusted;
    }

    void correct(Keys keys, List<Correction> corrections) {
        Set<Subject> subjects = new LinkedHashSet<>();
        corrections.forEach(correction -> subjects.add(correction.subject()));
        List<String> all = new ArrayList<>(List.of(keys.shard()));
        subjects.forEach(subject -> all.add(keys.subject(subject)));
        List<byte[]> arguments = new ArrayList<>(List.of(Scripts.bytes(Seeding.names(subjects))));
        for (Correction lacking : corrections) {
            arguments.add(Scripts.bytes(WindowsText.named(lacking.subject())));
            arguments.add(Scripts.bytes(WindowsText.named(lacking.window())));
            arguments.add(Scripts.bytes(Long.toString(lacking.requests())));
            arguments.add(Scripts.bytes(Long.toString(lacking.used().nanos())));
            arguments.add(Scripts.bytes(Long.toString(lacking.held().nanos())));
        }
        lives.tell(Script.CORRECT, all, arguments, deadlines.background());
    }
}
