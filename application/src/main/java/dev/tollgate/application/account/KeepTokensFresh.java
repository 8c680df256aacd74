package dev.tollgate.application.account;

import java.time.Duration;

/** Use case: OAuth accounts' tokens are renewed before a call has to wait for it. */
public interface KeepTokensFresh {
    /** Tokens are renewed so long before they run out. */
    Duration AHEAD = Duration.ofMinutes(10);

    /** Renews every token that runs out soon; to be run once a minute. */
    void renewSoonEnding();
}
