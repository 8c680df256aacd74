package dev.tollgate.bootstrap.gateway;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.tollgate.application.identity.LiveSettings;
import dev.tollgate.application.identity.Setting;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Keeps the loggers at the levels operators set; where none is set, at what the logging configuration says. */
@Singleton
final class LogLevels {
    private static final Map<Setting, String> LOGGERS = Map.of(
            Setting.LOG_LEVEL_MAIN, "tollgate.main",
            Setting.LOG_LEVEL_PROXY, "tollgate.proxy",
            Setting.LOG_LEVEL_SYNC, "tollgate.sync",
            Setting.LOG_LEVEL_SCHEDULER, "tollgate.scheduler");

    private final LiveSettings settings;
    private final Map<Setting, @Nullable Level> configured = new EnumMap<>(Setting.class);

    LogLevels(LiveSettings settings) {
        this.settings = settings;
        LOGGERS.forEach((own, name) -> configured.put(own, logger(name).getLevel()));
    }

    /** Applies the levels in force and those that come. */
    void follow() {
        settings.onChange(this::apply);
        apply();
    }

    private void apply() {
        LOGGERS.forEach((own, name) -> logger(name).setLevel(level(own)));
    }

    private @Nullable Level level(Setting own) {
        Level general = settings.isChanged(Setting.LOG_LEVEL)
                ? Level.toLevel(settings.text(Setting.LOG_LEVEL))
                : configured.get(own);
        return settings.isChanged(own) ? Level.toLevel(settings.text(own), general) : general;
    }

    private static Logger logger(String name) {
        return (Logger) LoggerFactory.getLogger(name);
    }
}
