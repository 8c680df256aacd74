package dev.tollgate.application.relay;

import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.money.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The live store's answer to a {@link Reserve}: all of it, or nothing. */
public sealed interface Reservation {
    /**
     * Everything was taken.
     *
     * @param payer the index of the payer that carries it
     * @param amount what it holds, from {@code least} to {@code most}; zero for a metered payer
     * @param boundTo the account one of the call's sessions is bound to, null if none is
     */
    record Held(int payer, Money amount, @Nullable AccountId boundTo) implements Reservation {}

    /**
     * A limit stands in the way; nothing was taken.
     *
     * @param payer the index of the payer whose limit it is, -1 for a limit of user or key
     * @param limit, used, held in nano-dollars for costs, else plain counts
     * @param resetsAt when the window ends, null if it does not
     */
    record Refused(
            int payer,
            LimitName name,
            long limit,
            long used,
            long held,
            @Nullable Instant resetsAt) implements Reservation {}

    /** The store takes nothing on: too much waits for SQL, its counters cannot be seeded, or the id's call is over. */
    record Closed() implements Reservation {}

    /** The store cannot be asked in time. */
    record Unavailable() implements Reservation {}
}
