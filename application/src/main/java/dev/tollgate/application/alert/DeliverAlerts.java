package dev.tollgate.application.alert;

/** Use case: post what is due to the webhooks, and try again later what was not taken. */
public interface DeliverAlerts {
    /**
     * Makes one attempt at what is due, each webhook's in order and the webhooks side by side; after one that is not
     * taken the webhook has a rest until the next time.
     *
     * @return how many attempts were made
     */
    int deliver();

    /** Forgets a bounded number of old alerts and of old lines of the delivery log; returns how many. */
    int forget();
}
