package dev.tollgate.application.relay;

import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.relay.RequestId;
import java.util.HashMap;
import java.util.Map;

/** Which of this node's calls occupies a slot of which account; one account a call. */
final class OwnSlots {
    private final Map<RequestId, AccountId> taken = new HashMap<>();

    /** @param most calls at once, 0 for no limit */
    synchronized boolean take(AccountId account, RequestId id, int most) {
        if (most > 0 && counts().getOrDefault(account, 0) >= most) {
            return false;
        }
        taken.put(id, account);
        return true;
    }

    synchronized void release(RequestId id) {
        taken.remove(id);
    }

    synchronized Map<AccountId, Integer> counts() {
        Map<AccountId, Integer> counts = new HashMap<>();
        taken.values().forEach(account -> counts.merge(account, 1, Math::addExact));
        return counts;
    }
}
