package dev.tollgate.application.identity;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Settings in a map, with a notice after each edit. */
public final class InMemorySettings implements Settings {
    private final InMemoryChanges changes;
    private final Map<String, String> texts = new HashMap<>();

    public InMemorySettings(InMemoryChanges changes) {
        this.changes = changes;
    }

    @Override
    public synchronized Map<String, String> all() {
        return Map.copyOf(texts);
    }

    @Override
    public synchronized void change(Map<String, String> stored, Set<String> forgotten) {
        texts.putAll(stored);
        texts.keySet().removeAll(forgotten);
        changes.changed(Changes.Kind.SETTING, 0);
    }
}
