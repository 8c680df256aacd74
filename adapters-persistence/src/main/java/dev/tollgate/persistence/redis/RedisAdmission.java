package dev.tollgate.persistence.redis;

import dev.tollgate.application.identity.StoreUnavailable;
import dev.tollgate.application.relay.Reservation;
import dev.tollgate.application.relay.Reserve;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.domain.relay.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The step that lets a call in, or does not. */
final class RedisAdmission {
    private static final int GIVEN_UP_MAX = 10_000;

    private final Lives lives;
    private final Seeding seeding;
    private final RedisSessions sessions;
    private final RedisHolds holds;
    private final Deadlines deadlines;
    private final int waitingMax;
    private final Map<RequestId, Keys> givenUp = new ConcurrentHashMap<>();

    RedisAdmission(
            Lives lives,
            Seeding seeding,
            RedisSessions sessions,
            RedisHolds holds,
            Deadlines deadlines,
            int waitingMax) {
        this.lives = lives;
        this.seeding = seeding;
        this.sessions = sessions;
        this.holds = holds;
        this.deadlines = deadlines;
        this.waitingMax = waitingMax;
    }

    Reservation reserve(Keys keys, Reserve reserve) {
        try {
            CompletionStage<@Nullable AccountId> boundTo = sessions.account(reserve.sessions());
            Reply reply = ask(keys, reserve, false);
            return ReserveReply.read(reserve, reply, known(boundTo));
        } catch (StoreUnavailable unavailable) {
            if (givenUp.size() < GIVEN_UP_MAX) {
                givenUp.put(reserve.id(), keys);
            }
            return new Reservation.Unavailable();
        }
    }

    /** @throws StoreUnavailable if Redis does not answer */
    Reservation weigh(Keys keys, Reserve reserve) {
        CompletionStage<@Nullable AccountId> boundTo = sessions.account(reserve.sessions());
        return ReserveReply.read(reserve, ask(keys, reserve, true), known(boundTo));
    }

    private Reply ask(Keys keys, Reserve reserve, boolean isWeighed) {
        Set<Subject> subjects = ReserveText.subjects(reserve);
        List<String> all = new ArrayList<>(List.of(keys.shard(), keys.open(), keys.lease(), keys.mark(reserve.id())));
        subjects.forEach(subject -> all.add(keys.subject(subject)));
        List<byte[]> arguments = List.of(
                Scripts.bytes(reserve.id().text()),
                Scripts.bytes(Seeding.names(subjects)),
                Scripts.bytes(ReserveText.of(reserve, waitingMax, RedisHolds.LEASE_MILLIS, isWeighed)));
        return seeding.trusted(keys, subjects, () -> lives.resent(Script.RESERVE, all, arguments));
    }

    /** Asked before the reservation on the same connection; one that is later still binds nothing. */
    private @Nullable AccountId known(CompletionStage<@Nullable AccountId> boundTo) {
        CompletableFuture<@Nullable AccountId> answer = boundTo.toCompletableFuture();
        try {
            return Waiting.on(answer, deadlines.resend());
        } catch (StoreUnavailable late) {
            return null;
        }
    }

    /** Lets go what reservations may have taken after they were given up; the sweeper finds what is missed here. */
    void dropGivenUp() {
        for (Map.Entry<RequestId, Keys> late : List.copyOf(givenUp.entrySet())) {
            boolean unused = holds.cancel(late.getValue(), late.getKey());
            givenUp.remove(late.getKey());
        }
    }
}
