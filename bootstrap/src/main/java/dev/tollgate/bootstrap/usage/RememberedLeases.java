package dev.tollgate.bootstrap.usage;

import dev.tollgate.application.identity.Leases;
import dev.tollgate.bootstrap.settings.GatewaySetting;
import dev.tollgate.bootstrap.settings.GatewaySettings;
import io.micronaut.context.annotation.Bean;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leases that the data folder remembers: its next process, which starts only when the last is gone, ends at once what one
 * that was killed left behind, in place of waiting until it is over. A lease that cannot be remembered is held all the same.
 */
@Singleton
@Bean(typed = RememberedLeases.class)
public final class RememberedLeases implements Leases {
    private static final Logger LOG = LoggerFactory.getLogger("tollgate.sync");
    private static final String FILE = "leases";

    private final Leases leases;
    private final Path file;
    private final String database;
    private final Map<String, Lease> held = new HashMap<>();
    private boolean hasEndedFormer;

    public RememberedLeases(Leases leases, GatewaySettings settings) {
        this.leases = leases;
        this.file = settings.dataDir().resolve(FILE);
        // the same number may be another node's on another database
        this.database = Integer.toHexString(
                String.valueOf(settings.find(GatewaySetting.MYSQL_URL)).hashCode());
    }

    @Override
    public synchronized Optional<Lease> take(String name, Duration time) {
        if (!hasEndedFormer) {
            former().forEach(leases::giveBack);
            hasEndedFormer = true;
        }
        Optional<Lease> taken = leases.take(name, time);
        taken.ifPresent(lease -> {
            held.put(name, lease);
            remember();
        });
        return taken;
    }

    @Override
    public Optional<Lease> renew(Lease lease, Duration time) {
        return leases.renew(lease, time);
    }

    /** One that could not be given back stays remembered. */
    @Override
    public synchronized void giveBack(Lease lease) {
        leases.giveBack(lease);
        held.remove(lease.name());
        remember();
    }

    private void remember() {
        List<String> lines = held.values().stream()
                .map(lease -> lease.name() + " " + lease.fence() + " " + database)
                .toList();
        try {
            Files.write(file, lines);
        } catch (IOException e) {
            LOG.warn("this node's leases are not remembered: killed, it waits for them when it starts again", e);
        }
    }

    /** What a process held that was killed on this folder; a line that was not written whole is none. */
    private List<Lease> former() {
        try {
            return Files.readAllLines(file).stream()
                    .map(line -> line.split(" ", -1))
                    .filter(line -> line.length == 3 && line[1].matches("\\d{1,18}") && line[2].equals(database))
                    .map(line -> new Lease(line[0], Long.parseLong(line[1]), Instant.EPOCH))
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
