package dev.tollgate.bootstrap.settings;

import dev.tollgate.application.identity.Durations;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The settings of one start, checked. */
public final class GatewaySettings {
    private final Map<GatewaySetting, String> given;

    private GatewaySettings(Map<GatewaySetting, String> given) {
        this.given = given;
    }

    /**
     * Takes the settings over from properties by their names; an empty one is as if it were absent.
     *
     * @throws StartRefused with one line for each value that will not do
     */
    public static GatewaySettings read(Function<String, @Nullable String> properties) {
        Map<GatewaySetting, String> given = new EnumMap<>(GatewaySetting.class);
        List<String> faults = new ArrayList<>();
        for (GatewaySetting setting : GatewaySetting.values()) {
            String value = properties.apply(setting.property());
            if (value != null && !value.isBlank()) {
                given.put(setting, value.strip());
                addIfAny(faults, setting.fault(value.strip()));
            }
        }
        GatewaySettings settings = new GatewaySettings(given);
        if (faults.isEmpty()) {
            settings.addContradictions(faults);
        }
        if (!faults.isEmpty()) {
            throw new StartRefused(faults);
        }
        return settings;
    }

    private void addContradictions(List<String> faults) {
        if (isMysql() && !given.containsKey(GatewaySetting.SECRET_KEY)) {
            faults.add("TOLLGATE_SECRET_KEY must be set when TOLLGATE_MYSQL_URL is, the same on every node");
        }
        String previous = given.get(GatewaySetting.SECRET_KEY_PREVIOUS);
        if (previous != null && previous.equals(given.get(GatewaySetting.SECRET_KEY))) {
            faults.add("TOLLGATE_SECRET_KEY_PREVIOUS must be another key than TOLLGATE_SECRET_KEY");
        }
        if (duration(GatewaySetting.ACCESS_TOKEN_TTL).compareTo(duration(GatewaySetting.REFRESH_TOKEN_TTL)) >= 0) {
            faults.add("TOLLGATE_AUTH_ACCESS_TOKEN_TTL must be shorter than TOLLGATE_AUTH_REFRESH_TOKEN_TTL");
        }
        boolean isSamePort = port(GatewaySetting.PORT) == port(GatewaySetting.MANAGEMENT_PORT);
        if (isSamePort && port(GatewaySetting.PORT) > 0) {
            faults.add("TOLLGATE_MANAGEMENT_PORT must be another port than TOLLGATE_PORT");
        }
    }

    private static void addIfAny(List<String> faults, @Nullable String fault) {
        if (fault != null) {
            faults.add(fault);
        }
    }

    /** A setting's value, given or standard. */
    public @Nullable String find(GatewaySetting setting) {
        String value = given.get(setting);
        return value == null ? setting.standard() : value;
    }

    /** The value of a setting that has one. */
    public String text(GatewaySetting setting) {
        return Objects.requireNonNull(find(setting), setting::variable);
    }

    public int port(GatewaySetting setting) {
        return Integer.parseInt(text(setting));
    }

    public Duration duration(GatewaySetting setting) {
        return Durations.of(text(setting));
    }

    public boolean isOn(GatewaySetting setting) {
        return Boolean.parseBoolean(text(setting));
    }

    public Path dataDir() {
        return Path.of(text(GatewaySetting.DATA_DIR)).toAbsolutePath().normalize();
    }

    /** Whether the database is a server; else it is a file in the data folder. */
    public boolean isMysql() {
        return given.containsKey(GatewaySetting.MYSQL_URL);
    }

    /** Whether nodes share their live store; else it is in the process. */
    public boolean isRedis() {
        return given.containsKey(GatewaySetting.REDIS_URI);
    }
}
