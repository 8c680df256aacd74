package dev.tollgate.application.alert;

/** Use case: raise an alert when recorded usage crosses a threshold of a package's window or of a credit. */
public interface WatchSpending {
    /**
     * Looks at everything that was spent from since the last time.
     *
     * @return how many alerts were raised
     */
    int look();
}
