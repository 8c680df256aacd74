package dev.tollgate.persistence.redis;

import dev.tollgate.application.relay.CostLimit;
import dev.tollgate.application.relay.LimitName;
import dev.tollgate.application.relay.LiveStore;
import dev.tollgate.application.relay.LiveStore.Lost;
import dev.tollgate.application.relay.Raised;
import dev.tollgate.application.relay.Reservation;
import dev.tollgate.application.usage.Counts;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.CallStatus;
import dev.tollgate.domain.relay.Progress;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.domain.relay.Settlement;
import dev.tollgate.domain.relay.Subject;
import dev.tollgate.domain.relay.Ticket;
import dev.tollgate.persistence.codec.CountsText;
import dev.tollgate.persistence.codec.UsageCodec;
import dev.tollgate.persistence.codec.WindowsText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What happens to a hold once it is taken. */
final class RedisHolds {
    static final long LEASE_MILLIS = TimeUnit.SECONDS.toMillis(LiveStore.LEASE_SECONDS);
    private static final byte[] LEASE = Scripts.bytes(Long.toString(LEASE_MILLIS));
    private static final String SWEPT_MAX = "1000";
    private static final int VALUES = 4;
    private static final int MORE_KEYS_MAX = 2;

    private final Lives lives;
    private final Seeding seeding;
    private final Deadlines deadlines;

    RedisHolds(Lives lives, Seeding seeding, Deadlines deadlines) {
        this.lives = lives;
        this.seeding = seeding;
        this.deadlines = deadlines;
    }

    boolean sent(Keys keys, Ticket ticket) {
        return lives.inThisLife(() -> Waiting.on(sending(keys, ticket), deadlines.call()), deadlines.call())
                .isYes();
    }

    /** Asks for the mark and does not wait. */
    CompletionStage<Reply> sending(Keys keys, Ticket ticket) {
        return lives.send(
                Script.SENT,
                List.of(keys.shard(), keys.open(), keys.lease(), keys.ticket()),
                List.of(Scripts.bytes(ticket.id().text()), UsageCodec.write(ticket), LEASE));
    }

    /** Does not wait: what follows it on the connection is done after it. A heartbeat writes nothing without a ticket. */
    void unsend(Keys keys, RequestId id) {
        var unused = lives.ask(redis -> redis.hdel(keys.ticket(), id.text()));
        var unusedToo = lives.ask(redis -> redis.hdel(keys.progress(), id.text()));
    }

    /**
     * Drops what the id holds, unless it was sent; where it holds nothing (yet), a reservation that is late finds its mark.
     *
     * @return whether the id holds nothing any more
     */
    boolean cancel(Keys keys, RequestId id) {
        byte[] held = Waiting.on(lives.ask(redis -> redis.hget(keys.open(), id.text())), deadlines.call());
        return !drop(keys, id, held, "now").word().equals("sent");
    }

    private Reply drop(Keys keys, RequestId id, byte @Nullable [] held, String when) {
        Set<Subject> subjects =
                held == null ? Set.of() : Keys.subjects(HeldText.of(held).windows());
        return lives.run(
                Script.CANCEL,
                with(keys, subjects, keys.shard(), keys.open(), keys.lease(), keys.ticket(), keys.mark(id)),
                List.of(Scripts.bytes(id.text()), Scripts.bytes(Seeding.names(subjects)), Scripts.bytes(when)),
                deadlines.call());
    }

    private static List<String> with(Keys keys, Collection<Subject> subjects, String... fixed) {
        List<String> all = new ArrayList<>(List.of(fixed));
        subjects.forEach(subject -> all.add(keys.subject(subject)));
        return all;
    }

    Set<RequestId> heartbeat(Keys keys, List<Progress> running) {
        List<byte[]> arguments = new ArrayList<>(List.of(LEASE));
        for (Progress progress : running) {
            arguments.add(Scripts.bytes(progress.id().text()));
            arguments.add(UsageCodec.write(progress));
        }
        Reply reply = lives.run(
                Script.HEARTBEAT,
                List.of(keys.shard(), keys.open(), keys.lease(), keys.progress(), keys.ticket()),
                arguments,
                deadlines.background());
        Set<RequestId> lost = new HashSet<>();
        for (int i = 1; i < reply.size(); i++) {
            lost.add(RequestId.of(reply.text(i)));
        }
        return lost;
    }

    Raised raise(Keys keys, Ticket ticket, Money amount, List<CostLimit> limits) {
        Set<Subject> subjects = Keys.subjects(ticket.windows());
        List<String> all = with(keys, subjects, keys.shard(), keys.open());
        List<byte[]> arguments = new ArrayList<>(List.of(
                Scripts.bytes(ticket.id().text()),
                Scripts.bytes(Seeding.names(subjects)),
                Scripts.bytes(Long.toString(amount.nanos()))));
        for (CostLimit limit : limits) {
            arguments.add(Scripts.bytes(WindowsText.named(limit.subject())));
            arguments.add(Scripts.bytes(WindowsText.named(limit.window().kind())));
            arguments.add(Scripts.bytes(WindowsText.named(limit.window().key())));
            arguments.add(Scripts.bytes(ReserveText.versioned(limit)));
        }
        Reply reply = seeding.trusted(keys, subjects, () -> lives.run(Script.RAISE, all, arguments, deadlines.call()));
        return switch (reply.word()) {
            case "held" -> new Raised.Held(Money.ofNanos(reply.number(1)));
            case "over" -> new Raised.Refused(over(reply, limits.get((int) reply.number(1))));
            default -> new Raised.Lost();
        };
    }

    /** over, place, limit that stands, used, held. */
    private static Reservation.Refused over(Reply reply, CostLimit limit) {
        LimitName name = new LimitName(
                limit.subject().kind(), LimitName.Measure.COST, limit.window().kind());
        return new Reservation.Refused(
                -1,
                name,
                reply.number(2),
                reply.number(3),
                reply.number(4),
                limit.window().end());
    }

    boolean reopen(Keys keys, Ticket ticket, Money amount) {
        Set<Subject> subjects = Keys.subjects(ticket.windows());
        List<String> all =
                with(keys, subjects, keys.shard(), keys.open(), keys.lease(), keys.ticket(), keys.mark(ticket.id()));
        List<byte[]> arguments = List.of(
                Scripts.bytes(ticket.id().text()),
                Scripts.bytes(Seeding.names(subjects)),
                UsageCodec.write(ticket),
                LEASE,
                Scripts.bytes(WindowsText.write(ticket.windows())),
                Scripts.bytes(Long.toString(amount.nanos())),
                Scripts.bytes(Long.toString(ticket.admittedAt().toEpochMilli())));
        return seeding.trusted(keys, subjects, () -> lives.run(Script.REOPEN, all, arguments, deadlines.background()))
                .isYes();
    }

    List<Lost> sweep(Keys keys, Set<RequestId> alive) {
        Reply reply = lives.run(
                Script.SWEEP,
                List.of(keys.shard(), keys.open(), keys.lease(), keys.ticket(), keys.progress()),
                List.of(Scripts.bytes(SWEPT_MAX)),
                deadlines.background());
        List<Lost> lost = new ArrayList<>();
        for (int i = 1; i < reply.size(); i += VALUES) {
            RequestId id = RequestId.of(reply.text(i));
            byte[] ticket = reply.bytes(i + 2);
            byte[] progress = reply.bytes(i + 3);
            if (alive.contains(id)) {
                continue;
            }
            if (ticket.length == 0) {
                Reply unused = drop(keys, id, reply.bytes(i + 1), "expired");
            } else {
                lost.add(new Lost(
                        UsageCodec.ticket(ticket), progress.length == 0 ? null : UsageCodec.progress(progress)));
            }
        }
        return lost;
    }

    Set<RequestId> held(Keys keys) {
        Set<RequestId> held = new HashSet<>();
        for (String id : Waiting.on(lives.ask(redis -> redis.hkeys(keys.open())), deadlines.background())) {
            held.add(RequestId.of(id));
        }
        return held;
    }

    /** Frees a hold, sent or not, and counts nothing. */
    void letGo(Keys keys, RequestId id) {
        byte[] held = Waiting.on(lives.ask(redis -> redis.hget(keys.open(), id.text())), deadlines.background());
        if (held == null) {
            return;
        }
        Set<Subject> subjects = Keys.subjects(HeldText.of(held).windows());
        lives.tell(
                Script.LETGO,
                with(
                        keys,
                        subjects,
                        keys.shard(),
                        keys.open(),
                        keys.lease(),
                        keys.ticket(),
                        keys.progress(),
                        keys.mark(id)),
                List.of(Scripts.bytes(id.text()), Scripts.bytes(Seeding.names(subjects))),
                deadlines.background());
    }

    void settle(Keys keys, Settlement settlement, Duration deadline) {
        String kind = settlement.status() == CallStatus.ORPHAN ? "orphan" : "final";
        Reply unused = settle(keys, settlement, kind, deadline);
    }

    /** False if the call's lease is not over. */
    boolean orphan(Keys keys, Settlement settlement, Duration deadline) {
        return !settle(keys, settlement, "swept", deadline).word().equals("renewed");
    }

    private Reply settle(Keys keys, Settlement settlement, String kind, Duration deadline) {
        Set<Subject> subjects =
                new LinkedHashSet<>(Keys.subjects(settlement.ticket().windows()));
        Counts counts = Counts.of(settlement);
        TotalsKeys totals = new TotalsKeys(keys);
        totals.add(counts);
        Reply reply = settle(keys, settlement, kind, subjects, counts, totals, deadline);
        for (int more = 0; more < MORE_KEYS_MAX && !isDone(reply); more++) {
            if (reply.word().equals("subjects")) {
                subjects.addAll(Keys.subjects(HeldText.of(reply.bytes(1)).windows()));
            } else {
                totals.add(CountsText.read(reply.text(1)));
            }
            reply = settle(keys, settlement, kind, subjects, counts, totals, deadline);
        }
        return reply;
    }

    /** Else the script needs the keys of what it tells: of what is held, or of what an orphan of the call counted. */
    private static boolean isDone(Reply reply) {
        return !reply.word().equals("subjects") && !reply.word().equals("counted");
    }

    private Reply settle(
            Keys keys,
            Settlement settlement,
            String kind,
            Set<Subject> subjects,
            Counts counts,
            TotalsKeys totals,
            Duration deadline) {
        RequestId id = settlement.id();
        List<String> all = with(
                keys,
                subjects,
                keys.shard(),
                keys.open(),
                keys.lease(),
                keys.ticket(),
                keys.progress(),
                keys.mark(id),
                keys.events(),
                keys.coldTotals());
        all.addAll(totals.keys());
        List<byte[]> arguments = List.of(
                Scripts.bytes(id.text()),
                Scripts.bytes(Seeding.names(subjects) + "," + totals.names()),
                Scripts.bytes(WindowsText.write(settlement.ticket().windows())),
                Scripts.bytes(Long.toString(settlement.charge().total().nanos())),
                Scripts.bytes(kind),
                Scripts.bytes(Long.toString(settlement.usage().tokens().total())),
                UsageCodec.write(settlement),
                Scripts.bytes(CountsText.write(counts)));
        return lives.run(Script.SETTLE, all, arguments, deadline);
    }
}
