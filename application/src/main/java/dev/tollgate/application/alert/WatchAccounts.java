package dev.tollgate.application.alert;

/** Use case: raise an alert when an account cannot serve for a while, and another when it can again. */
public interface WatchAccounts {
    /** Looks at every account; returns how many alerts were raised. */
    int look();
}
