package dev.tollgate.persistence.embedded;

import dev.tollgate.domain.account.AccountId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Which account a session's digest is bound to: an hour from its last call, the oldest given up first when full. */
final class Sessions {
    static final int MAX = 100_000;
    private static final long BOUND_MILLIS = TimeUnit.HOURS.toMillis(1);

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Binding> bindings = new LinkedHashMap<>();

    void bind(String digest, AccountId account, long nowMillis) {
        lock.lock();
        try {
            bindings.remove(digest);
            bindings.put(digest, new Binding(account, nowMillis + BOUND_MILLIS));
            var oldest = bindings.entrySet().iterator();
            while (oldest.hasNext() && isOver(oldest.next().getValue(), nowMillis)) {
                oldest.remove();
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isOver(Binding binding, long nowMillis) {
        return binding.untilMillis() <= nowMillis || bindings.size() > MAX;
    }

    /** The account of the strongest session that is bound. */
    @Nullable
    AccountId account(List<String> digests, long nowMillis) {
        if (digests.isEmpty()) {
            return null;
        }
        lock.lock();
        try {
            for (String digest : digests) {
                Binding binding = bindings.get(digest);
                if (binding != null && binding.untilMillis() > nowMillis) {
                    return binding.account();
                }
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    private record Binding(AccountId account, long untilMillis) {}
}
