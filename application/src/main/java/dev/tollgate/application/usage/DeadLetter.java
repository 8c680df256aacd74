package dev.tollgate.application.usage;

import dev.tollgate.application.usage.UsageLedger.Used;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.Settlement;
import org.jspecify.annotations.Nullable;

/**
 * A settlement that could not become a record. Its money was spent, so it is part of the windows it names.
 *
 * @param orphan what the record of its call has, made before the result was known; null if there is none
 */
public record DeadLetter(Settlement settlement, @Nullable Counts orphan) {
    /** What it adds to windows, beside that record. */
    public Used added() {
        Money whole = settlement.charge().total();
        return orphan == null
                ? new Used(1, whole)
                : new Used(
                        1 - orphan.added().requests(),
                        whole.minus(orphan.added().cost()));
    }
}
