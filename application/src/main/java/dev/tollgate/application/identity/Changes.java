package dev.tollgate.application.identity;

import java.time.Instant;
import java.util.function.Consumer;

/**
 * News of edits to users, keys, accounts, prices, packages, credits and settings. Every edit raises the version and
 * leaves its notice in the edit's own transaction, so none is lost; notices reach every node within two seconds, this
 * one at once.
 */
public interface Changes {
    /** Calls the listener for each change from now on, on a thread of its own, in order. */
    void subscribe(Consumer<Change> listener);

    /** When it was last sure that nothing newer had been edited. */
    Instant confirmedAt();

    /** What was edited; {@code id} 0 means any or all of that kind. */
    record Change(Kind kind, long id) {}

    /** The kinds of thing that are cached. */
    enum Kind {
        USER,
        API_KEY,
        ACCOUNT,
        ACCOUNT_GROUP,
        MODEL,
        MODEL_MAPPING,
        PACKAGE,
        USER_PACKAGE,
        CREDIT,
        SETTING
    }
}
