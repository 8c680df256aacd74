package dev.tollgate.persistence.embedded;

import dev.tollgate.domain.relay.RequestId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A shard's marks. One of a settled call stays until ten minutes after SQL has the record. */
final class Marks {
    private static final long KEPT_MILLIS = 600_000;
    private static final long REFUSED_KEPT_MILLIS = 5_000;

    private final Map<RequestId, Mark> marks = new HashMap<>();
    private final Deque<Expiring> ending = new ArrayDeque<>();
    private final Deque<Expiring> endingSoon = new ArrayDeque<>();

    @Nullable
    Mark of(RequestId id) {
        return marks.get(id);
    }

    /** Marks a settled call, for as long as SQL does not have it. */
    void set(RequestId id, Mark mark) {
        marks.put(id, mark);
    }

    void set(RequestId id, Mark mark, long nowMillis) {
        marks.put(id, mark);
        if (mark instanceof Mark.Refused) {
            endingSoon.add(new Expiring(id, mark, nowMillis + REFUSED_KEPT_MILLIS));
        } else {
            ending.add(new Expiring(id, mark, nowMillis + KEPT_MILLIS));
        }
    }

    void remove(RequestId id) {
        marks.remove(id);
    }

    /** SQL has the record. */
    void recorded(RequestId id, long nowMillis) {
        Mark mark = marks.get(id);
        if (mark != null) {
            ending.add(new Expiring(id, mark, nowMillis + KEPT_MILLIS));
        }
    }

    void forgetExpired(long nowMillis) {
        forgetExpired(ending, nowMillis);
        forgetExpired(endingSoon, nowMillis);
    }

    private void forgetExpired(Deque<Expiring> queue, long nowMillis) {
        for (Expiring head = queue.peek(); head != null && head.atMillis() <= nowMillis; head = queue.peek()) {
            queue.remove();
            marks.remove(head.id(), head.mark());
        }
    }

    private record Expiring(RequestId id, Mark mark, long atMillis) {}
}
