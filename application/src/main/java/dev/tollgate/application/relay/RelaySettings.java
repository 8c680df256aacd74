package dev.tollgate.application.relay;

import dev.tollgate.domain.money.Multiplier;
import java.time.Duration;

/** The settings a call is served by, read anew for each call: edits hold from the next one on. */
public interface RelaySettings {
    /** Output tokens a call is held for when neither it nor its model has a bound. */
    long defaultMaxOutput();

    /** The smallest output bound a call's own may be lowered to. */
    long minOutput();

    Multiplier globalMultiplier();

    /** Whether a model without a price is refused, or served free. */
    boolean refuseUnpriced();

    Deadlines deadlines(boolean stream);

    /** How long a call waits for an account's slot before it is refused. */
    Duration slotWait();

    /** Whether images given by address are fetched for platforms that take none. */
    boolean fetchImages();

    /** Most accounts one call may be sent to. */
    int attemptsMax();

    /** Whether an {@code Idempotency-Key} means anything. */
    boolean honoursIdempotencyKeys();
}
