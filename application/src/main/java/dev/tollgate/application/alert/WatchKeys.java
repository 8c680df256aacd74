package dev.tollgate.application.alert;

/** Use case: raise an alert some days before a key ends, and once more shortly before. */
public interface WatchKeys {
    /** Looks at the keys that end soon; returns how many alerts were raised. */
    int look();
}
