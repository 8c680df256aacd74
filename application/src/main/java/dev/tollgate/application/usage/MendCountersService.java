package dev.tollgate.application.usage;

import dev.tollgate.domain.relay.Settlement;
import dev.tollgate.domain.relay.Subject;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** The repair of the audit, of a few subjects. */
public final class MendCountersService implements MendCounters {
    private final AuditedCounters counters;
    private final AuditedTotals totals;

    public MendCountersService(
            LiveCounters stream,
            UsageLedger ledger,
            LiveTotals totals,
            RecordedTotals recordedTotals,
            InstantSource clock) {
        this.counters = new AuditedCounters(stream, ledger, clock);
        this.totals = new AuditedTotals(totals, recordedTotals, stream, clock);
    }

    @Override
    public void mend(int shard, Collection<Settlement> calls) {
        Set<Subject> subjects = new HashSet<>();
        Set<Totalled> whose = new HashSet<>();
        for (Settlement call : calls) {
            call.ticket().windows().forEach(windows -> subjects.add(windows.subject()));
            whose.addAll(Counts.of(call).whose());
        }
        var unused = counters.correct(shard, subjects);
        var unusedToo = totals.correct(shard, whose);
    }
}
