package dev.tollgate.bootstrap.gateway;

import dev.tollgate.bootstrap.settings.GatewaySetting;
import dev.tollgate.bootstrap.settings.GatewaySettings;
import dev.tollgate.persistence.sql.ServerTerms;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The framework's properties that follow from ours: the data source, and who listens where. */
final class DerivedProperties {
    private static final String DATA_SOURCE = "datasources.default.";
    private static final String LISTENERS = "micronaut.server.netty.listeners.";
    private static final String CORS = "micronaut.server.cors.";
    private static final List<String> EXPOSED_HEADERS = List.of(
            "x-request-id",
            "request-id",
            "retry-after",
            "idempotency-first-request",
            "idempotency-replayed",
            "x-tollgate-attempts",
            "x-tollgate-cost",
            "x-tollgate-dropped",
            "x-tollgate-max-output");
    private static final int ANY = -1;
    private static final long VALIDATION_MILLIS = 1_000;
    private static final long KEEPALIVE_MILLIS = 30_000;

    /** Every commit is on disk before it returns: a killed process must not lose one. The last one out shuts the file. */
    private static final String H2_OPTIONS =
            ";MODE=MySQL;DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE";

    private DerivedProperties() {}

    static Map<String, Object> of(GatewaySettings settings) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put(GatewaySetting.DATA_DIR.property(), settings.dataDir().toString());
        if (settings.isMysql()) {
            mysql(settings, properties);
        } else {
            embedded(settings, properties);
        }
        listeners(settings, properties);
        cors(settings, properties);
        return properties;
    }

    private static void mysql(GatewaySettings settings, Map<String, Object> properties) {
        properties.put(DATA_SOURCE + "url", settings.text(GatewaySetting.MYSQL_URL));
        properties.put(DATA_SOURCE + "driver-class-name", ServerTerms.DRIVER);
        properties.put(DATA_SOURCE + "data-source-properties", ServerTerms.DRIVER_PROPERTIES);
        properties.put(DATA_SOURCE + "connection-init-sql", ServerTerms.SESSION);
        properties.put(DATA_SOURCE + "connection-timeout", ServerTerms.SILENCE_MAX.toMillis());
        properties.put(DATA_SOURCE + "validation-timeout", VALIDATION_MILLIS);
        properties.put(DATA_SOURCE + "keepalive-time", KEEPALIVE_MILLIS);
        // a pool that fills itself up waits ever longer between tries; one that is asked tries at once
        properties.put(DATA_SOURCE + "minimum-idle", 0);
        putIfGiven(properties, DATA_SOURCE + "username", settings, GatewaySetting.MYSQL_USERNAME);
        putIfGiven(properties, DATA_SOURCE + "password", settings, GatewaySetting.MYSQL_PASSWORD);
    }

    private static void putIfGiven(
            Map<String, Object> properties, String name, GatewaySettings settings, GatewaySetting setting) {
        String value = settings.find(setting);
        if (value != null) {
            properties.put(name, value);
        }
    }

    private static void embedded(GatewaySettings settings, Map<String, Object> properties) {
        properties.put(DATA_SOURCE + "url", "jdbc:h2:file:" + settings.dataDir().resolve("tollgate") + H2_OPTIONS);
        properties.put(DATA_SOURCE + "driver-class-name", "org.h2.Driver");
        properties.put(DATA_SOURCE + "username", "sa");
        properties.put(DATA_SOURCE + "password", "");
    }

    private static void listeners(GatewaySettings settings, Map<String, Object> properties) {
        properties.put(LISTENERS + "a-main.host", settings.text(GatewaySetting.HOST));
        properties.put(LISTENERS + "a-main.port", settings.port(GatewaySetting.PORT));
        // the framework must know the management port before it is bound
        int management = settings.port(GatewaySetting.MANAGEMENT_PORT);
        int managementPort = management == ANY ? Ports.free() : management;
        properties.put(LISTENERS + "b-management.host", settings.text(GatewaySetting.MANAGEMENT_HOST));
        properties.put(LISTENERS + "b-management.port", managementPort);
        properties.put(LISTENERS + "b-management.expose-default-routes", false);
        properties.put("endpoints.all.port", managementPort);
    }

    /** Keys travel in headers, never in cookies: credentials of the browser's own are not wanted. */
    private static void cors(GatewaySettings settings, Map<String, Object> properties) {
        String origins = settings.find(GatewaySetting.CORS_ORIGINS);
        if (origins != null) {
            properties.put(CORS + "enabled", true);
            properties.put(
                    CORS + "configurations.tollgate.allowed-origins",
                    Stream.of(origins.split(",", -1)).map(String::strip).toList());
            properties.put(CORS + "configurations.tollgate.allow-credentials", false);
            properties.put(CORS + "configurations.tollgate.exposed-headers", EXPOSED_HEADERS);
        }
    }
}
