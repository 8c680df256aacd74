package dev.tollgate.application.alert;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The alerts that were raised. Adding one and addressing it to every enabled webhook that asks for its type is one
 * transaction, so it is delivered to those that were there, once, however many nodes raise it.
 */
public interface AlertOutbox {
    /** Which of these keys were raised already. */
    Set<String> known(Collection<String> keys);

    /** Adds those whose key nobody raised before; the answer holds them. */
    List<Alert> raise(List<Alert> alerts);

    /** Notes that something holds from now on, and adds the alert; false, and nothing is added, if it held already. */
    boolean begin(String condition, Alert alert);

    /**
     * Notes that something holds no more.
     *
     * @param alert added if it held until now; null for none
     * @return whether it held until now
     */
    boolean end(String condition, @Nullable Alert alert);

    /** What holds now. */
    Set<String> conditions();

    /** Adds an alert for one webhook alone, enabled or not; empty if there is no such webhook. */
    Optional<Alert> address(WebhookId webhook, Alert alert);

    /** Forgets at most so many alerts that are kept until before an instant, as far as none is to be delivered still. */
    int forget(Instant before, int most);
}
