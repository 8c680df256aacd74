package dev.tollgate.persistence.sql.drain;

import dev.tollgate.application.usage.StreamId;
import dev.tollgate.application.usage.UsageStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A stream that notes how long each entry was on its way when SQL had it; entry ids are milliseconds of one clock. */
final class TimedStream implements UsageStream {
    private final UsageStream real;
    private final List<Long> lags = Collections.synchronizedList(new ArrayList<>());

    TimedStream(UsageStream real) {
        this.real = real;
    }

    /** The lag that so many of a hundred entries did not exceed, in milliseconds. */
    long lag(int percent) {
        List<Long> sorted = lags.stream().sorted().toList();
        return sorted.get(Math.ceilDiv(sorted.size() * percent, 100) - 1);
    }

    @Override
    public boolean has(int shard, StreamId entry) {
        return real.has(shard, entry);
    }

    @Override
    public void drained(int shard, List<Pending> committed) {
        long now = System.currentTimeMillis();
        committed.forEach(entry -> lags.add(now - entry.id().major()));
        real.drained(shard, committed);
    }

    @Override
    public int shards() {
        return real.shards();
    }

    @Override
    public String generation() {
        return real.generation();
    }

    @Override
    public List<Pending> pending(int shard, int max) {
        return real.pending(shard, max);
    }

    @Override
    public long backlog() {
        return real.backlog();
    }
}
