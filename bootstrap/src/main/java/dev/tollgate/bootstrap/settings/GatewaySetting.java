package dev.tollgate.bootstrap.settings;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What is decided before the start: a property {@code tollgate.*}, or the environment variable of the same name. */
public enum GatewaySetting {
    HOST("host", "127.0.0.1", Kind.HOST),
    PORT("port", "8080", Kind.PORT),
    DATA_DIR("data-dir", "./data", Kind.FOLDER),
    MYSQL_URL("mysql-url", null, Kind.MYSQL_URL),
    MYSQL_USERNAME("mysql-username", null, Kind.TEXT),
    MYSQL_PASSWORD("mysql-password", null, Kind.SECRET),
    REDIS_URI("redis-uri", null, Kind.REDIS_URI),
    SECRET_KEY("secret-key", null, Kind.KEY),
    SECRET_KEY_PREVIOUS("secret-key-previous", null, Kind.KEY),
    ADMIN_PASSWORD("admin-password", null, Kind.PASSWORD),
    ALLOW_PRIVATE_UPSTREAMS("allow-private-upstreams", "false", Kind.BOOLEAN),
    MANAGEMENT_PORT("management-port", "8081", Kind.PORT),
    MANAGEMENT_HOST("management-host", "127.0.0.1", Kind.HOST),
    NODE_ID("node-id", null, Kind.NAME),
    CORS_ORIGINS("cors-origins", null, Kind.ORIGINS),
    TRUSTED_PROXIES("trusted-proxies", null, Kind.ADDRESS_BLOCKS),
    TIME_ZONE("time-zone", "UTC", Kind.ZONE),
    ACCESS_TOKEN_TTL("auth.access-token-ttl", "10m", Kind.DURATION),
    REFRESH_TOKEN_TTL("auth.refresh-token-ttl", "30d", Kind.DURATION),
    MIGRATE_ON_START("migrate-on-start", "true", Kind.BOOLEAN),
    DRAIN_TIMEOUT("drain-timeout", "120s", Kind.DURATION),
    SHARDS("shards", "16", Kind.COUNT),
    CONNECT_TIMEOUT("timeouts.connect", "5s", Kind.DURATION),
    FIRST_BYTE_STREAMED_TIMEOUT("timeouts.first-byte-streamed", "300s", Kind.DURATION),
    FIRST_BYTE_TIMEOUT("timeouts.first-byte", "600s", Kind.DURATION),
    SILENCE_TIMEOUT("timeouts.silence", "300s", Kind.DURATION),
    WHOLE_TIMEOUT("timeouts.whole", "60m", Kind.DURATION),
    RELAY_MAX_BODY("relay.max-body", "32MB", Kind.SIZE),
    RELAY_BODY_TIMEOUT("relay.body-timeout", "60s", Kind.DURATION),
    RELAY_STALL_TIMEOUT("relay.stall-timeout", "60s", Kind.DURATION),
    JOURNAL_FSYNC("journal.fsync", "interval", Kind.FSYNC),
    STREAM_MAX_LENGTH("stream.max-length", "200000", Kind.AMOUNT),
    AUDIT_INTERVAL("audit.interval", "30s", Kind.DURATION),
    SIMULATED_PER_WORD("simulated.per-word", "15ms", Kind.PAUSE);

    /** What every property begins with. */
    public static final String PREFIX = "tollgate.";

    private final String name;
    private final @Nullable String standard;
    private final Kind kind;

    GatewaySetting(String name, @Nullable String standard, Kind kind) {
        this.name = name;
        this.standard = standard;
        this.kind = kind;
    }

    public String property() {
        return PREFIX + name;
    }

    /** The environment variable, which is the name an operator is told. */
    public String variable() {
        return property().replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /** The value when none is given; null if there is none then. */
    public @Nullable String standard() {
        return standard;
    }

    /** What is wrong with a value, in words for an operator that do not repeat a secret; null if nothing is. */
    @Nullable
    String fault(String value) {
        if (kind.takes(value)) {
            return null;
        }
        String given = kind.isSecret() ? "" : ", not '" + value + "'";
        return variable() + " must be " + kind.words() + given;
    }
}
