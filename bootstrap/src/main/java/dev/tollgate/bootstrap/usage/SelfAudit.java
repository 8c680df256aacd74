package dev.tollgate.bootstrap.usage;

import dev.tollgate.application.alert.TellDifferences;
import dev.tollgate.application.usage.AuditUsage;
import dev.tollgate.application.usage.AuditUsage.Check;
import dev.tollgate.bootstrap.settings.GatewaySetting;
import dev.tollgate.bootstrap.settings.GatewaySettings;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The audit that runs along: one node compares the sums for all, and each its own journal. */
@Singleton
public final class SelfAudit implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("tollgate.sync");

    private final AuditUsage auditUsage;
    private final TellDifferences tellDifferences;
    private final Duties duties;
    private final InstantSource clock;
    private final Duration pause;
    private @Nullable Repeating loop;
    private volatile List<Check> differences = List.of();
    private volatile @Nullable Instant ranAt;
    private volatile Duration took = Duration.ZERO;

    SelfAudit(
            AuditUsage auditUsage,
            TellDifferences tellDifferences,
            Duties duties,
            InstantSource clock,
            GatewaySettings settings) {
        this.auditUsage = auditUsage;
        this.tellDifferences = tellDifferences;
        this.duties = duties;
        this.clock = clock;
        this.pause = settings.duration(GatewaySetting.AUDIT_INTERVAL);
    }

    /** Starts it; usage is recovered. */
    public void start() {
        loop = Repeating.start("self-audit", pause, this::run);
    }

    /** What was found last. */
    public List<Check> differences() {
        return differences;
    }

    /** When it ran last to its end; null if it never did. */
    public @Nullable Instant ranAt() {
        return ranAt;
    }

    /** How long it took last. */
    public Duration took() {
        return took;
    }

    private void run() {
        long begun = System.nanoTime();
        AuditUsage.Audit audit = duties.upkeep().isMine() ? auditUsage.auditSums() : auditUsage.auditJournal();
        took = Duration.ofNanos(System.nanoTime() - begun);
        ranAt = clock.instant();
        tell(audit.differences());
        tellDifferences.found(audit.differences());
    }

    private void tell(List<Check> found) {
        if (!found.isEmpty() && !found.equals(differences)) {
            Check first = found.getFirst();
            LOG.error(
                    "self-audit: {} differences, the first: {}: expected {}, found {}",
                    found.size(),
                    first.name(),
                    first.expected(),
                    first.actual());
        } else if (found.isEmpty() && !differences.isEmpty()) {
            LOG.info("self-audit: no difference any more");
        }
        differences = found;
    }

    @Override
    @PreDestroy
    public void close() {
        if (loop != null) {
            loop.close();
            loop = null;
        }
    }
}
