package dev.tollgate.persistence.embedded;

import dev.tollgate.application.relay.CostLimit;
import dev.tollgate.application.relay.LiveStore;
import dev.tollgate.application.relay.Pace;
import dev.tollgate.application.relay.Raised;
import dev.tollgate.application.relay.RateLimits;
import dev.tollgate.application.relay.Reservation;
import dev.tollgate.application.relay.Reserve;
import dev.tollgate.application.usage.Counts;
import dev.tollgate.application.usage.LiveCounters;
import dev.tollgate.application.usage.RecordedTotals;
import dev.tollgate.application.usage.ShardSnapshot;
import dev.tollgate.application.usage.StreamId;
import dev.tollgate.application.usage.Totalled;
import dev.tollgate.application.usage.TotalsSnapshot;
import dev.tollgate.application.usage.UsageLedger.Seed;
import dev.tollgate.application.usage.UsageStream.Pending;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.entitlement.Spent;
import dev.tollgate.domain.entitlement.WindowKey;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.CallStatus;
import dev.tollgate.domain.relay.Progress;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.domain.relay.Settlement;
import dev.tollgate.domain.relay.Subject;
import dev.tollgate.domain.relay.SubjectKind;
import dev.tollgate.domain.relay.SubjectWindows;
import dev.tollgate.domain.relay.Ticket;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One shard's counters, open holds, marks and stream. Not safe by itself: {@link EmbeddedLiveStore} calls it under the
 * shard's lock, with a time that never goes back.
 */
final class Shard {
    private static final long LEASE_MILLIS = TimeUnit.SECONDS.toMillis(LiveStore.LEASE_SECONDS);
    private static final long IDLE_MILLIS = TimeUnit.HOURS.toMillis(1);
    private static final long TIDY_EVERY_MILLIS = TimeUnit.MINUTES.toMillis(10);
    private static final long WINDOWS_KEPT_MILLIS = TimeUnit.DAYS.toMillis(100);

    private final String generation;
    private final int streamMax;
    private final SettledStream stream;
    private final Map<Subject, SubjectState> subjects = new HashMap<>();
    private final Map<RequestId, OpenHold> open = new HashMap<>();
    private final Marks marks = new Marks();
    private final ShardTotals totals = new ShardTotals();
    private long nextTidyMillis;

    Shard(String generation, int streamMax) {
        this.generation = generation;
        this.streamMax = streamMax;
        this.stream = new SettledStream(generation);
    }

    /** Those of the subjects whose counters cannot be trusted yet. */
    List<Subject> unseeded(Collection<Subject> wanted) {
        List<Subject> cold = new ArrayList<>();
        for (Subject subject : wanted) {
            if (!state(subject).isSeeded()) {
                cold.add(subject);
            }
        }
        return cold;
    }

    void seed(Collection<Subject> cold, Seed seed, long nowMillis) {
        for (Subject subject : cold) {
            SubjectState state = state(subject);
            if (!state.isSeeded()) {
                state.seed(stream.completed(subject, seed));
                state.lastUsedMillis = nowMillis;
            }
        }
    }

    Reservation reserve(Reserve reserve, @Nullable AccountId boundTo, long nowMillis) {
        Reservation earlier = earlierAnswer(reserve.id());
        if (earlier != null) {
            return earlier;
        }
        Reservation answer = weigh(reserve, boundTo, nowMillis);
        switch (answer) {
            case Reservation.Held held -> take(reserve, held, nowMillis);
            case Reservation.Refused refused -> marks.set(reserve.id(), new Mark.Refused(refused), nowMillis);
            case Reservation.Closed closed -> {}
            case Reservation.Unavailable away -> {}
        }
        return answer;
    }

    /** What a call that was not asked about before would be answered; changes nothing. */
    Reservation weigh(Reserve reserve, @Nullable AccountId boundTo, long nowMillis) {
        return stream.size() >= streamMax
                ? new Reservation.Closed()
                : new Admission(reserve, this::state, nowMillis).check(boundTo);
    }

    private @Nullable Reservation earlierAnswer(RequestId id) {
        OpenHold hold = open.get(id);
        if (hold != null) {
            return hold.answer;
        }
        return switch (marks.of(id)) {
            case null -> null;
            case Mark.Refused refused -> refused.answer();
            case Mark.Dropped dropped -> new Reservation.Closed();
            case Mark.Orphaned orphaned -> new Reservation.Closed();
            case Mark.Settled settled -> new Reservation.Closed();
        };
    }

    private void take(Reserve reserve, Reservation.Held held, long nowMillis) {
        List<SubjectWindows> windows = new ArrayList<>(reserve.windows());
        SubjectWindows payers = reserve.payers().get(held.payer()).windows();
        if (payers != null) {
            windows.add(payers);
        }
        List<OpenHold.Rated> rated = new ArrayList<>();
        for (RateLimits limits : reserve.rates()) {
            rated.add(takeRates(limits, reserve.tokens(), nowMillis));
        }
        OpenHold hold = new OpenHold(windows, rated, held, nowMillis + LEASE_MILLIS);
        holdWindows(hold, nowMillis);
        open.put(reserve.id(), hold);
        learn(reserve.limits());
        reserve.payers().forEach(payer -> learn(payer.limits()));
    }

    private void learn(List<CostLimit> limits) {
        limits.forEach(limit -> state(limit.subject()).learn(limit));
    }

    private OpenHold.Rated takeRates(RateLimits limits, long tokens, long nowMillis) {
        SubjectState state = state(limits.subject());
        long reckoned = limits.tpm() > 0 ? Math.min(tokens, limits.tpm()) : tokens;
        state.rates.at(nowMillis / MinuteRates.MINUTE_MILLIS);
        state.rates.requests++;
        state.rates.tokens += reckoned;
        state.rates.running++;
        return new OpenHold.Rated(state, state.rates.minute(), reckoned);
    }

    private void holdWindows(OpenHold hold, long nowMillis) {
        for (SubjectWindows windows : hold.windows) {
            SubjectState state = state(windows.subject());
            state.lastUsedMillis = nowMillis;
            windows.windows().forEach(key -> state.window(key).hold(hold.nanos));
        }
    }

    boolean sent(Ticket ticket, long nowMillis) {
        OpenHold hold = open.get(ticket.id());
        if (hold == null) {
            return false;
        }
        hold.ticket = ticket;
        hold.leaseUntilMillis = nowMillis + LEASE_MILLIS;
        return true;
    }

    void unsend(RequestId id) {
        OpenHold hold = open.get(id);
        if (hold != null) {
            hold.ticket = null;
        }
    }

    void cancel(RequestId id, long nowMillis) {
        OpenHold hold = open.get(id);
        if (hold != null && !hold.isSent()) {
            drop(id, hold, nowMillis);
        }
    }

    private void drop(RequestId id, OpenHold hold, long nowMillis) {
        free(id, hold, 0);
        marks.set(id, new Mark.Dropped(), nowMillis);
    }

    private void free(RequestId id, OpenHold hold, long actualTokens) {
        open.remove(id);
        for (SubjectWindows windows : hold.windows) {
            SubjectState state = state(windows.subject());
            windows.windows().forEach(key -> state.window(key).free(hold.nanos));
        }
        for (OpenHold.Rated rated : hold.rated) {
            rated.state().rates.running--;
            rated.state().rates.correct(rated.minute(), rated.tokens(), actualTokens);
        }
    }

    /** Renews a lease; false if the call holds nothing. */
    boolean heartbeat(Progress progress, long nowMillis) {
        OpenHold hold = open.get(progress.id());
        if (hold == null) {
            return false;
        }
        hold.progress = progress;
        hold.leaseUntilMillis = nowMillis + LEASE_MILLIS;
        return true;
    }

    Raised raise(Ticket ticket, Money amount, List<CostLimit> limits) {
        OpenHold hold = open.get(ticket.id());
        if (hold == null) {
            return new Raised.Lost();
        }
        long more = amount.nanos() - hold.nanos;
        if (more <= 0) {
            return new Raised.Held(Money.ofNanos(hold.nanos));
        }
        for (CostLimit given : limits) {
            SubjectState state = state(given.subject());
            CostLimit stands = state.standing(given);
            if (state.window(given.window().key()).roomNanos(stands.limit().nanos()) < more) {
                return new Raised.Refused(Admission.costRefused(Admission.NO_PAYER, given, stands, state));
            }
        }
        for (SubjectWindows windows : hold.windows) {
            SubjectState state = state(windows.subject());
            windows.windows().forEach(key -> state.window(key).holdMore(more));
        }
        hold.nanos = amount.nanos();
        return new Raised.Held(amount);
    }

    boolean reopen(Ticket ticket, Money amount, long nowMillis) {
        Mark mark = marks.of(ticket.id());
        if (mark instanceof Mark.Settled || mark instanceof Mark.Orphaned) {
            return false;
        }
        if (!open.containsKey(ticket.id()) && !carries(ticket, amount)) {
            return false;
        }
        if (!open.containsKey(ticket.id())) {
            Reservation.Held answer = new Reservation.Held(0, amount, null);
            OpenHold hold = new OpenHold(ticket.windows(), runAgain(ticket), answer, nowMillis + LEASE_MILLIS);
            holdWindows(hold, nowMillis);
            marks.remove(ticket.id());
            open.put(ticket.id(), hold);
        }
        return sent(ticket, nowMillis);
    }

    /** Its minute is over, but it is one of the user's and the key's calls at once again. */
    private List<OpenHold.Rated> runAgain(Ticket ticket) {
        List<OpenHold.Rated> rated = new ArrayList<>();
        for (SubjectWindows windows : ticket.windows()) {
            SubjectKind kind = windows.subject().kind();
            if (kind == SubjectKind.USER || kind == SubjectKind.KEY) {
                SubjectState state = state(windows.subject());
                state.rates.running++;
                rated.add(new OpenHold.Rated(state, 0, 0));
            }
        }
        return rated;
    }

    private boolean carries(Ticket ticket, Money amount) {
        long nanos = amount.nanos();
        for (SubjectWindows windows : ticket.windows()) {
            SubjectState state = state(windows.subject());
            for (WindowKey key : windows.windows()) {
                CostLimit limit = state.limit(key.kind());
                if (limit != null && state.window(key).roomNanos(limit.limit().nanos()) < nanos) {
                    return false;
                }
            }
        }
        return true;
    }

    List<LiveStore.Lost> sweep(Set<RequestId> alive, long nowMillis) {
        List<LiveStore.Lost> lost = new ArrayList<>();
        for (Map.Entry<RequestId, OpenHold> entry : List.copyOf(open.entrySet())) {
            OpenHold hold = entry.getValue();
            if (hold.leaseUntilMillis > nowMillis || alive.contains(entry.getKey())) {
                continue;
            }
            if (hold.ticket == null) {
                drop(entry.getKey(), hold, nowMillis);
            } else {
                lost.add(new LiveStore.Lost(hold.ticket, hold.progress));
            }
        }
        return lost;
    }

    /** Settles a call whose lease is over; false if it is not, or not any more. */
    boolean orphan(Settlement settlement, long nowMillis) {
        OpenHold hold = open.get(settlement.id());
        if (hold != null && hold.leaseUntilMillis > nowMillis) {
            return false;
        }
        settle(settlement);
        return true;
    }

    void settle(Settlement settlement) {
        RequestId id = settlement.id();
        Mark mark = marks.of(id);
        boolean isOrphan = settlement.status() == CallStatus.ORPHAN;
        if (mark instanceof Mark.Settled || (mark instanceof Mark.Orphaned && isOrphan)) {
            return;
        }
        OpenHold hold = open.get(id);
        if (hold != null) {
            free(id, hold, settlement.usage().tokens().total());
        }
        Money charged = settlement.charge().total();
        Money counted = mark instanceof Mark.Orphaned orphaned ? orphaned.charged() : Money.ZERO;
        long requests = mark instanceof Mark.Orphaned ? 0 : 1;
        Counts counts = Counts.of(settlement);
        Counts takenBack = mark instanceof Mark.Orphaned orphaned ? orphaned.counted() : null;
        count(settlement.ticket(), requests, charged.minus(counted));
        totals.count(counts, takenBack);
        stream.append(settlement, requests, charged.minus(counted), takenBack);
        marks.set(id, isOrphan ? new Mark.Orphaned(counts) : new Mark.Settled());
    }

    /** A subject not seeded yet is left alone: its seed will contain the stream. */
    private void count(Ticket ticket, long requests, Money cost) {
        for (SubjectWindows windows : ticket.windows()) {
            SubjectState state = state(windows.subject());
            if (state.isSeeded()) {
                windows.windows().forEach(key -> state.window(key).use(requests, cost.nanos()));
            }
        }
    }

    Map<WindowKey, Spent> spent(Subject subject) {
        return state(subject).windows.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, window -> window.getValue().spent()));
    }

    Pace pace(Subject subject, long nowMillis) {
        return state(subject).pace(nowMillis);
    }

    void limit(CostLimit limit) {
        state(limit.subject()).learn(limit);
    }

    List<Pending> pending(int max) {
        return stream.first(max);
    }

    void drained(StreamId upTo, long nowMillis) {
        stream.drain(upTo).forEach(entry -> marks.recorded(entry.settlement().id(), nowMillis));
    }

    int backlog() {
        return stream.size();
    }

    int openHolds() {
        return open.size();
    }

    Set<RequestId> held() {
        return Set.copyOf(open.keySet());
    }

    void release(RequestId id, long nowMillis) {
        OpenHold hold = open.get(id);
        if (hold != null) {
            drop(id, hold, nowMillis);
        }
    }

    boolean isOpen(RequestId id) {
        return open.containsKey(id);
    }

    Set<Subject> seeded() {
        Set<Subject> seeded = new HashSet<>(subjects.keySet());
        seeded.removeIf(subject -> !state(subject).isSeeded());
        return seeded;
    }

    void correct(List<LiveCounters.Correction> corrections) {
        for (LiveCounters.Correction lacking : corrections) {
            SubjectState state = subjects.get(lacking.subject());
            if (state != null && state.isSeeded()) {
                state.window(lacking.window()).correct(lacking);
            }
        }
    }

    ShardSnapshot snapshot(Set<Subject> of) {
        Map<Subject, Map<WindowKey, ShardSnapshot.Counter>> counters = new HashMap<>();
        subjects.forEach((subject, state) -> {
            if (state.isSeeded() && of.contains(subject)) {
                counters.put(subject, state.snapshot());
            }
        });
        List<ShardSnapshot.OpenHold> holds = new ArrayList<>();
        open.forEach((id, hold) -> hold.windows.forEach(windows -> holds.add(
                new ShardSnapshot.OpenHold(id, windows.subject(), windows.windows(), Money.ofNanos(hold.nanos)))));
        return new ShardSnapshot(generation, counters, holds, stream.all());
    }

    ShardTotals totals() {
        return totals;
    }

    void warm(RecordedTotals.Seed seed) {
        totals.warm(seed, generation, stream.counts());
    }

    TotalsSnapshot totals(Collection<Totalled> wanted, Set<LocalDate> days) {
        return new TotalsSnapshot(generation, totals.read(wanted, days), stream.counts());
    }

    /** Keeps memory bounded: drops marks that are over, subjects unused for an hour and windows long past. */
    void tidy(long nowMillis) {
        marks.forgetExpired(nowMillis);
        if (nowMillis < nextTidyMillis) {
            return;
        }
        nextTidyMillis = nowMillis + TIDY_EVERY_MILLIS;
        subjects.values().removeIf(state -> state.lastUsedMillis + IDLE_MILLIS < nowMillis && state.isIdle());
        long oldest = TimeUnit.MILLISECONDS.toSeconds(nowMillis - WINDOWS_KEPT_MILLIS);
        subjects.values().forEach(state -> state.forgetBefore(oldest));
        totals.forgetDaysBefore(LocalDate.ofInstant(Instant.ofEpochMilli(nowMillis), ZoneOffset.UTC));
    }

    private SubjectState state(Subject subject) {
        return subjects.computeIfAbsent(subject, absent -> new SubjectState());
    }
}
