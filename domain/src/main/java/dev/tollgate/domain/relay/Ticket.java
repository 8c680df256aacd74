package dev.tollgate.domain.relay;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything decided at a call's admission, immutable. Settling reads only this, so deleting, rotating, re-pricing or
 * editing anything while the call runs changes nothing for it.
 *
 * @param windows what the call counts in: the payer's, the user's and the key's windows, each named once
 * @param idempotency digest of the caller's idempotency key and body, null without one
 */
public record Ticket(
        RequestId id,
        Caller caller,
        Asked asked,
        Hold hold,
        List<SubjectWindows> windows,
        @Nullable String idempotency) {
    public Ticket {
        windows = List.copyOf(windows);
        List<Subject> subjects = windows.stream().map(SubjectWindows::subject).toList();
        boolean payerTwice = subjects.stream().filter(Ticket::pays).count() > 1;
        if (payerTwice || subjects.stream().distinct().count() < subjects.size()) {
            throw new IllegalArgumentException("a call has one payer and counts in each subject once: " + subjects);
        }
    }

    public Ticket(RequestId id, Caller caller, Asked asked, Hold hold, List<SubjectWindows> windows) {
        this(id, caller, asked, hold, windows, null);
    }

    /** The id's time is the admission instant. */
    public Instant admittedAt() {
        return id.instant();
    }

    /** The live store's shard: one for all subjects of a call. */
    public int shard(int shards) {
        return Math.floorMod(caller.userId().value(), shards);
    }

    private static boolean pays(Subject subject) {
        return switch (subject.kind()) {
            case PACKAGE, CREDIT -> true;
            case USER, KEY -> false;
        };
    }
}
