package dev.tollgate.bootstrap.gateway;

import dev.tollgate.bootstrap.settings.GatewaySetting;
import dev.tollgate.bootstrap.settings.GatewaySettings;
import dev.tollgate.bootstrap.settings.StartRefused;
import dev.tollgate.bootstrap.usage.AlertFlow;
import dev.tollgate.bootstrap.usage.SelfAudit;
import dev.tollgate.bootstrap.usage.StoreWatch;
import dev.tollgate.bootstrap.usage.UsageFlow;
import io.micronaut.context.ApplicationContext;
import io.micronaut.http.server.netty.NettyEmbeddedServer;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running gateway: what it needs is brought up in order, it listens last, and it ends in the opposite order. */
public final class Gateway implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("tollgate.main");

    private final Installation installation;
    private final NettyEmbeddedServer server;
    private boolean isClosed;

    private Gateway(Installation installation, NettyEmbeddedServer server) {
        this.installation = installation;
        this.server = server;
    }

    /**
     * Starts a gateway and returns when it is ready.
     *
     * @param properties settings that stand above the environment's, {@code tollgate.port} and so on
     * @throws StartRefused if it cannot start for a reason an operator can remove
     */
    public static Gateway start(Map<String, Object> properties) {
        return start(properties, prepared -> {}, password -> {});
    }

    /**
     * Starts a gateway whose stores are given something first.
     *
     * @param first runs when the stores are ready and nothing is served yet
     * @param firstPassword is told the first admin's password where this start generated it, as soon as the admin is there
     */
    public static Gateway start(
            Map<String, Object> properties, Consumer<ApplicationContext> first, Consumer<String> firstPassword) {
        Installation installation = Installation.open(properties);
        try {
            Ports.requireFree(installation.settings());
            installation.prepare();
            if (installation.settings().isMysql() && !installation.settings().isRedis()) {
                installation.bean(OnlyNode.class).take();
            }
            installation.bean(NodeRow.class).claim();
            installation.bean(LogLevels.class).follow();
            installation.bean(EditNotices.class).start();
            first.accept(installation.context());
            NettyEmbeddedServer server = installation.bean(NettyEmbeddedServer.class);
            installation.bean(UsageFlow.class).start();
            installation.bean(WarmStart.class).load();
            installation.bean(Upkeep.class).start();
            installation.bean(StoreWatch.class).start();
            installation.bean(SelfAudit.class).start();
            installation.bean(AlertFlow.class).start();
            installation.makeFirstAdmin(firstPassword);
            Gateway gateway = new Gateway(installation, server.start());
            installation.bean(CommandDoor.class).open(gateway.managementUri());
            installation.bean(Phase.class).serve();
            installation.bean(NodeRow.class).start();
            LOG.info("ready at {}", gateway.uri());
            return gateway;
        } catch (RuntimeException e) {
            installation.close();
            throw StoreFaults.refusal(e);
        }
    }

    /** Where it listens, as a client on this machine reaches it. */
    public URI uri() {
        int managementPort = managementPort();
        int port = server.getBoundPorts().stream()
                .filter(bound -> bound != managementPort)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the server does not listen"));
        return uri(GatewaySetting.HOST, port);
    }

    /** Where metrics and the like are. */
    public URI managementUri() {
        return uri(GatewaySetting.MANAGEMENT_HOST, managementPort());
    }

    private int managementPort() {
        return context().getRequiredProperty("endpoints.all.port", Integer.class);
    }

    private URI uri(GatewaySetting hostSetting, int port) {
        String host = installation.settings().text(hostSetting);
        boolean isAnywhere = host.equals("0.0.0.0") || host.equals("::");
        String reached = isAnywhere ? "127.0.0.1" : host;
        return URI.create("http://" + (reached.contains(":") ? "[" + reached + "]" : reached) + ":" + port);
    }

    public GatewaySettings settings() {
        return installation.settings();
    }

    /** The first admin's generated password, to be shown once; empty unless this start made it. */
    public Optional<String> firstPassword() {
        return installation.firstPassword();
    }

    /** Where the journal of calls is that are not in the database yet. */
    public Path journal() {
        return settings().dataDir().resolve("journal");
    }

    /** Everything that is wired, for tests that look inside. */
    public ApplicationContext context() {
        return installation.context();
    }

    /**
     * Ends it in order: new calls are refused, open ones have {@code tollgate.drain-timeout} to finish, and what is
     * settled goes into the database.
     *
     * @return whether all is settled; else the rest is in the journal, for the next start
     */
    public boolean drain() {
        Draining draining = installation.bean(Draining.class);
        try {
            if (!draining.finishCalls(settings().duration(GatewaySetting.DRAIN_TIMEOUT))) {
                draining.cutCalls();
            }
            server.stopServerOnly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        UsageFlow usage = installation.bean(UsageFlow.class);
        usage.close();
        boolean isSettled = usage.unsettled() == 0;
        close();
        return isSettled;
    }

    /** Halves what is left of the time that open calls have to finish. */
    public void hurry() {
        installation.bean(Draining.class).hurry();
    }

    /** Ends it at once; open calls are settled by the next start. */
    @Override
    public void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        server.stop();
        installation.close();
    }
}
