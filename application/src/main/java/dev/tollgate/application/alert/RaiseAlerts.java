package dev.tollgate.application.alert;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Use case: tell operators what has come about, once: a line in the log, and a delivery to each webhook that asks. */
public interface RaiseAlerts {
    /** Which of these keys were raised already. */
    Set<String> known(Collection<String> keys);

    /** Raises what nobody raised before; returns how many. */
    int raise(List<News> news);

    /** Raises an alert when something begins to hold; the others of the same condition are ignored until it ended. */
    boolean begin(String condition, News news);

    /** Ends a condition, and raises an alert if one is given and the condition held. */
    boolean end(String condition, @Nullable News news);

    /** What holds now. */
    Set<String> conditions();

    /**
     * What is to be told.
     *
     * @param key of news with one key the first is told; a condition's begins and ends are told apart without one
     * @param data a JSON object
     * @param keptUntil see {@link Alert}; when the key may be forgotten
     */
    record News(
            AlertType type,
            String key,
            String data,
            @Nullable Instant keptUntil) {}
}
