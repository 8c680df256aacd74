package dev.tollgate.application.relay;

import dev.tollgate.domain.account.Account;
import dev.tollgate.domain.account.Fault;
import dev.tollgate.domain.money.Cost;
import dev.tollgate.domain.relay.AttemptRecord;
import dev.tollgate.domain.usage.TokenUsage;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The attempts of one call, in order; at most one is under way. */
final class AttemptLog {
    private final String platform;
    private final InstantSource clock;
    private final CallObserver observer;
    private final List<AttemptRecord> ended = new CopyOnWriteArrayList<>();
    private volatile @Nullable UnderWay underWay;

    /** @param platform the family of the model looked up */
    AttemptLog(String platform, InstantSource clock, CallObserver observer) {
        this.platform = platform;
        this.clock = clock;
        this.observer = observer;
    }

    /** An attempt that has not ended. */
    record UnderWay(int number, Account account, String sentModel, Instant startedAt) {}

    void started(Account account, String sentModel) {
        underWay = new UnderWay(ended.size() + 1, account, sentModel, clock.instant());
    }

    void failed(Fault fault) {
        end(fault.httpStatus(), fault.kind(), TokenUsage.NONE, Cost.ZERO);
    }

    void served(@Nullable Integer httpStatus, Fault.@Nullable Kind broken, TokenUsage tokens, Cost upstreamCost) {
        end(httpStatus, broken, tokens, upstreamCost);
    }

    @Nullable
    UnderWay underWay() {
        return underWay;
    }

    private int count() {
        return ended.size() + (underWay == null ? 0 : 1);
    }

    /** How many there were, as the caller is told. */
    Header note() {
        return new Header("x-tollgate-attempts", Integer.toString(count()));
    }

    /** The attempts up to now, the one under way as if it ended now. Safe to ask from another thread. */
    List<AttemptRecord> soFar() {
        List<AttemptRecord> all = new ArrayList<>(ended);
        UnderWay attempt = underWay;
        if (attempt != null && all.size() == attempt.number() - 1) {
            all.add(record(attempt, null, null, TokenUsage.NONE, Cost.ZERO));
        }
        return all;
    }

    List<AttemptRecord> ended() {
        return List.copyOf(ended);
    }

    private void end(@Nullable Integer httpStatus, Fault.@Nullable Kind failure, TokenUsage tokens, Cost upstreamCost) {
        UnderWay attempt = underWay;
        if (attempt == null) {
            throw new IllegalStateException("no attempt is under way");
        }
        underWay = null;
        ended.add(record(attempt, httpStatus, failure, tokens, upstreamCost));
        observer.attempted(platform, attempt.account().type(), failure);
    }

    private AttemptRecord record(
            UnderWay attempt,
            @Nullable Integer httpStatus,
            Fault.@Nullable Kind failure,
            TokenUsage tokens,
            Cost upstreamCost) {
        return new AttemptRecord(
                attempt.number(),
                attempt.account().id(),
                attempt.account().type(),
                attempt.sentModel(),
                attempt.startedAt(),
                clock.instant(),
                httpStatus,
                failure == null ? null : failure.name().toLowerCase(Locale.ROOT),
                tokens,
                upstreamCost);
    }
}
