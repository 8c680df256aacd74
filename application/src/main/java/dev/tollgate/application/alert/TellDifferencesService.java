package dev.tollgate.application.alert;

import dev.tollgate.application.alert.RaiseAlerts.News;
import dev.tollgate.application.usage.AuditUsage.Check;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/** Tells differences by the kinds of their checks: amounts, and whose they are, may change with every call. */
public final class TellDifferencesService implements TellDifferences {
    private static final Duration KEPT = Duration.ofDays(30);

    private final RaiseAlerts alerts;
    private final InstantSource clock;

    public TellDifferencesService(RaiseAlerts alerts, InstantSource clock) {
        this.alerts = alerts;
        this.clock = clock;
    }

    @Override
    public void found(List<Check> differences) {
        if (differences.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        Check first = differences.getFirst();
        String data = new AlertFacts()
                .with("differences", differences.size())
                .with("first", first.name())
                .with("expected", first.expected())
                .with("actual", first.actual())
                .json();
        String key = "audit.difference:" + now.atOffset(ZoneOffset.UTC).toLocalDate() + ":" + digest(differences);
        int unused = alerts.raise(List.of(new News(AlertType.AUDIT_DIFFERENCE, key, data, now.plus(KEPT))));
    }

    private static String digest(List<Check> differences) {
        String kinds = differences.stream()
                .map(check -> check.name().replaceAll("\\d+", "#"))
                .sorted()
                .distinct()
                .collect(Collectors.joining("\n"));
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(kinds.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
