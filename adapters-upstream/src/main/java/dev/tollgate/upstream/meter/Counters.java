package dev.tollgate.upstream.meter;

import dev.tollgate.domain.usage.TokenUsage;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads token counters out of usage objects and remembers the first that cannot be true. */
public final class Counters {
    private @Nullable String nonsense;

    /** The counter, 0 if it is absent. */
    public long of(Map<String, Object> usage, String name) {
        Object value = usage.get(name);
        if (value == null) {
            return 0;
        }
        if (value instanceof Long count && count >= 0 && count <= TokenUsage.COUNT_MAX) {
            return count;
        }
        distrust(name);
        return 0;
    }

    /** Says that the usage cannot be true. */
    public void distrust(String what) {
        if (nonsense == null) {
            nonsense = what;
        }
    }

    /** What cannot be true, null if all can. */
    public @Nullable String nonsense() {
        return nonsense;
    }
}
