package dev.tollgate.application.alert;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is to be delivered to webhooks, and the log of what was tried. */
public interface Deliveries {
    /** What is due at an instant to enabled webhooks, for each the first few, in the order they are due. */
    List<Delivery> due(Instant now, int mostEach);

    /**
     * Takes a delivery in hand: nobody else is given it until an instant. False if somebody has it, or it is over.
     *
     * @param until if its attempt is not noted by then it is due again
     */
    boolean claim(Delivery delivery, Instant until);

    /** Notes an attempt at a delivery and how its webhook stands; without a next time the delivery is over. */
    void note(Delivery delivery, DeliveryAttempt attempt);

    /** A webhook's attempts newest first, only those older than a given id unless that is null. */
    List<DeliveryAttempt> attempts(WebhookId webhook, @Nullable Long before, int limit);

    /** Forgets at most so many attempts made before an instant, and of deliveries raised before it those that are over. */
    int forgetBefore(Instant before, int most);
}
