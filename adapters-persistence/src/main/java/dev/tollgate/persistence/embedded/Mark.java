package dev.tollgate.persistence.embedded;

import dev.tollgate.application.relay.Reservation;
import dev.tollgate.application.usage.Counts;
import dev.tollgate.domain.money.Money;

/** What became of a request that is no longer open, so that a late repeat changes nothing. */
sealed interface Mark {
    /** Nothing was taken; the repeat is told so too. */
    record Refused(Reservation answer) implements Mark {}

    /** Given up before anything was sent, by its caller or by the sweeper. */
    record Dropped() implements Mark {}

    /** Counted as an orphan; the final result adds what is missing. */
    record Orphaned(Counts counted) implements Mark {
        Money charged() {
            return counted.added().cost();
        }
    }

    /** Counted for good. */
    record Settled() implements Mark {}
}
