package dev.tollgate.bootstrap.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tollgate.application.relay.LiveStore;
import dev.tollgate.bootstrap.gateway.Gateway;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A whole gateway in this process with an empty data folder, for one test class. After every test the books are
 * audited: records = rollups = counters = deductions, and nothing is held.
 */
public final class WholeServer implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
    private static final String ADMIN_PASSWORD = "an-admin-password-of-the-test";
    private static final Duration SETTLED_WITHIN = Duration.ofSeconds(20);

    private final Map<String, Object> more;
    private Path folder;
    private Gateway gateway;
    private World world;

    public WholeServer() {
        this(Map.of());
    }

    /** With further settings, by their property names. */
    public WholeServer(Map<String, Object> more) {
        this.more = more;
    }

    public URI uri() {
        return gateway.uri();
    }

    /** Where its metrics are. */
    public URI managementUri() {
        return gateway.managementUri();
    }

    /** A part of it, for what only time would bring about. */
    public <T> T bean(Class<T> type) {
        return gateway.context().getBean(type);
    }

    public World world() {
        return world;
    }

    public AdminClient admin() {
        return world.admin();
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        folder = Files.createTempDirectory("tollgate-test");
        Map<String, Object> properties = new java.util.HashMap<>(Map.of(
                "tollgate.data-dir",
                folder.toString(),
                "tollgate.port",
                -1,
                "tollgate.management-port",
                -1,
                "tollgate.admin-password",
                ADMIN_PASSWORD,
                "tollgate.allow-private-upstreams",
                true));
        properties.putAll(more);
        gateway = Gateway.start(properties);
        world = new World(AdminClient.login(gateway.uri(), "admin", ADMIN_PASSWORD));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        audit();
    }

    /** Waits for settled usage to reach SQL and holds every sum against every other. */
    public void audit() {
        LiveStore liveStore = gateway.context().getBean(LiveStore.class);
        Eventually.holds(
                "nothing is held and SQL has everything",
                SETTLED_WITHIN,
                () -> liveStore.openHolds() == 0 && liveStore.backlog() == 0);
        JsonNode audit = admin().post("/api/admin/audit", Map.of());
        assertThat(audit.get("ok").asBoolean()).as("%s", audit).isTrue();
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        gateway.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
