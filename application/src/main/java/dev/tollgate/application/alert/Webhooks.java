package dev.tollgate.application.alert;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The stored webhooks. */
public interface Webhooks {
    /** All of them, newest first. */
    List<Webhook> all();

    Optional<Webhook> find(WebhookId id);

    void add(Webhook webhook);

    /** Applies an edit to a webhook as it is stored, alone with it; empty if there is none. Its standing stays. */
    Optional<Webhook> change(WebhookId id, UnaryOperator<Webhook> change);

    /** Removes a webhook with what was to be delivered to it and the log of what was; false if there is none. */
    boolean remove(WebhookId id);
}
