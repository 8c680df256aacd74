package dev.tollgate.persistence.embedded;

import dev.tollgate.application.relay.Reservation;
import dev.tollgate.domain.relay.Progress;
import dev.tollgate.domain.relay.SubjectWindows;
import dev.tollgate.domain.relay.Ticket;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one call holds: money in windows, a place among the calls at once, tokens in its minute. */
final class OpenHold {
    final List<SubjectWindows> windows;
    final List<Rated> rated;
    final Reservation.Held answer;
    long nanos;
    long leaseUntilMillis;

    @Nullable
    Ticket ticket;

    @Nullable
    Progress progress;

    OpenHold(List<SubjectWindows> windows, List<Rated> rated, Reservation.Held answer, long leaseUntilMillis) {
        this.windows = windows;
        this.nanos = answer.amount().nanos();
        this.rated = rated;
        this.answer = answer;
        this.leaseUntilMillis = leaseUntilMillis;
    }

    boolean isSent() {
        return ticket != null;
    }

    /** What it takes of one subject's rates. */
    record Rated(SubjectState state, long minute, long tokens) {}
}
