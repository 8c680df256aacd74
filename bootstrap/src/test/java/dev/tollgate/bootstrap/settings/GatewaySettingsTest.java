package dev.tollgate.bootstrap.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class GatewaySettingsTest {
    private static final String KEY = "q83vASNFZ4mrze8BI0VniavN7wEjRWeJq83vASNFZ4k=";
    private static final String RANDOM_KEY = "mYw2rT0u8bYk1gVh3sQe5cXj7nLp9aZi4dFo6tRu2Hs=";

    @Test
    void has_a_standard_for_whatever_is_not_given() {
        GatewaySettings settings = GatewaySettings.read(property -> null);
        assertThat(settings.port(GatewaySetting.PORT)).isEqualTo(8080);
        assertThat(settings.port(GatewaySetting.MANAGEMENT_PORT)).isEqualTo(8081);
        assertThat(settings.text(GatewaySetting.HOST)).isEqualTo("127.0.0.1");
        assertThat(settings.duration(GatewaySetting.DRAIN_TIMEOUT)).isEqualTo(Duration.ofMinutes(2));
        assertThat(settings.dataDir()).isEqualTo(Path.of("data").toAbsolutePath());
        assertThat(settings.isMysql()).isFalse();
    }

    @Test
    void takes_an_empty_value_for_none() {
        assertThat(read(Map.of("tollgate.mysql-url", " ")).isMysql()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(GatewaySetting.class)
    void would_take_its_own_standards(GatewaySetting setting) {
        String standard = setting.standard();
        assertThat(standard == null ? null : setting.fault(standard)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tollgate.port|abc|TOLLGATE_PORT must be a port",
                "tollgate.port|0|TOLLGATE_PORT must be a port",
                "tollgate.port|65536|TOLLGATE_PORT must be a port",
                "tollgate.management-port|tcp://10.0.0.1:80|TOLLGATE_MANAGEMENT_PORT must be a port",
                "tollgate.host|a b|TOLLGATE_HOST must be a host",
                "tollgate.data-dir|/a;MODE=x|TOLLGATE_DATA_DIR must be a folder's path",
                "tollgate.mysql-url|mysql://h/db|TOLLGATE_MYSQL_URL must be a JDBC URL",
                "tollgate.redis-uri|http://h|TOLLGATE_REDIS_URI must be a URI",
                "tollgate.secret-key|c2hvcnQ=|TOLLGATE_SECRET_KEY must be 32 random bytes",
                "tollgate.secret-key|AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=|TOLLGATE_SECRET_KEY must be 32 random bytes",
                "tollgate.secret-key-previous|not base64!|TOLLGATE_SECRET_KEY_PREVIOUS must be 32 random bytes",
                "tollgate.admin-password|short|TOLLGATE_ADMIN_PASSWORD must be 8 to 200 characters",
                "tollgate.allow-private-upstreams|yes|TOLLGATE_ALLOW_PRIVATE_UPSTREAMS must be true or false",
                "tollgate.node-id|a/b|TOLLGATE_NODE_ID must be 1 to 64 letters",
                "tollgate.cors-origins|https://a.example/path|TOLLGATE_CORS_ORIGINS must be origins",
                "tollgate.trusted-proxies|10.0.0.0/99|TOLLGATE_TRUSTED_PROXIES must be address blocks",
                "tollgate.time-zone|Mars/Olympus|TOLLGATE_TIME_ZONE must be a time zone",
                "tollgate.auth.access-token-ttl|ten|TOLLGATE_AUTH_ACCESS_TOKEN_TTL must be a whole number of",
                "tollgate.drain-timeout|0s|TOLLGATE_DRAIN_TIMEOUT must be a whole number of",
                "tollgate.shards|0|TOLLGATE_SHARDS must be a whole number from 1",
                "tollgate.relay.max-body|lots|TOLLGATE_RELAY_MAX_BODY must be a number of bytes",
                "tollgate.relay.body-timeout|never|TOLLGATE_RELAY_BODY_TIMEOUT must be a whole number of",
                "tollgate.relay.stall-timeout|0s|TOLLGATE_RELAY_STALL_TIMEOUT must be a whole number of",
                "tollgate.journal.fsync|never|TOLLGATE_JOURNAL_FSYNC must be interval or before_release",
                "tollgate.stream.max-length|-1|TOLLGATE_STREAM_MAX_LENGTH must be a whole number",
                "tollgate.migrate-on-start|on|TOLLGATE_MIGRATE_ON_START must be true or false"
            })
    void names_the_variable_of_a_value_that_will_not_do(String property, String value, String reason) {
        assertThatThrownBy(() -> read(Map.of(property, value)))
                .asInstanceOf(type(StartRefused.class))
                .satisfies(refused -> assertThat(refused.reasons())
                        .singleElement()
                        .asString()
                        .startsWith(reason)
                        .doesNotContain("\n"));
    }

    @Test
    void tells_everything_that_is_wrong_at_once() {
        assertThatThrownBy(() -> read(Map.of("tollgate.port", "x", "tollgate.shards", "y")))
                .asInstanceOf(type(StartRefused.class))
                .satisfies(refused -> assertThat(refused.reasons()).hasSize(2));
    }

    @Test
    void never_repeats_a_secret() {
        assertThatThrownBy(() -> read(Map.of("tollgate.secret-key", "hunter2"))).hasMessageNotContaining("hunter2");
    }

    @Test
    void wants_the_secret_to_be_given_where_nodes_share_a_database() {
        assertThatThrownBy(() -> read(Map.of("tollgate.mysql-url", "jdbc:mysql://h/db")))
                .hasMessageContaining("TOLLGATE_SECRET_KEY must be set");
        assertThat(read(Map.of("tollgate.mysql-url", "jdbc:mysql://h/db", "tollgate.secret-key", RANDOM_KEY))
                        .isMysql())
                .isTrue();
    }

    @Test
    void refuses_a_previous_secret_that_is_the_present_one() {
        assertThatThrownBy(() ->
                        read(Map.of("tollgate.secret-key", RANDOM_KEY, "tollgate.secret-key-previous", RANDOM_KEY)))
                .hasMessageContaining("TOLLGATE_SECRET_KEY_PREVIOUS must be another key");
    }

    @Test
    void refuses_a_key_that_repeats_itself() {
        assertThatThrownBy(() -> read(Map.of("tollgate.secret-key", KEY))).isInstanceOf(StartRefused.class);
    }

    @Test
    void refuses_one_port_for_both_purposes() {
        assertThatThrownBy(() -> read(Map.of("tollgate.port", "9000", "tollgate.management-port", "9000")))
                .hasMessageContaining("TOLLGATE_MANAGEMENT_PORT must be another port");
    }

    private static GatewaySettings read(Map<String, String> given) {
        return GatewaySettings.read(given::get);
    }
}
