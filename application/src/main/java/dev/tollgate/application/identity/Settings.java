package dev.tollgate.application.identity;

import java.util.Map;
import java.util.Set;

/** The settings an operator has changed from their defaults, as texts by name. */
public interface Settings {
    Map<String, String> all();

    /** Stores new values and forgets those that are back at their default, all together, with a notice to every node. */
    void change(Map<String, String> stored, Set<String> forgotten);
}
