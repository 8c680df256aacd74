package dev.tollgate.application.identity;

import dev.tollgate.application.identity.Changes.Kind;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.money.Multiplier;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** The settings in force, in memory; read anew after every edit. */
public final class LiveSettings {
    private final Settings settings;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile Map<String, String> changed;

    public LiveSettings(Settings settings, Changes changes) {
        this.settings = settings;
        this.changed = Map.copyOf(settings.all());
        changes.subscribe(change -> {
            if (change.kind() == Kind.SETTING) {
                changed = Map.copyOf(this.settings.all());
                listeners.forEach(Runnable::run);
            }
        });
    }

    /** Runs an action after each edit, when the new values can be read here. */
    public void onChange(Runnable action) {
        listeners.add(action);
    }

    public String text(Setting setting) {
        return changed.getOrDefault(setting.key(), setting.standard());
    }

    /** Whether an operator has set it to something other than its standard value. */
    public boolean isChanged(Setting setting) {
        return changed.containsKey(setting.key());
    }

    public boolean isOn(Setting setting) {
        return Boolean.parseBoolean(text(setting));
    }

    public long count(Setting setting) {
        return Long.parseLong(text(setting));
    }

    public Duration duration(Setting setting) {
        return Durations.of(text(setting));
    }

    public Money money(Setting setting) {
        return Money.ofDollars(text(setting));
    }

    public Multiplier factor(Setting setting) {
        return Multiplier.of(text(setting));
    }
}
