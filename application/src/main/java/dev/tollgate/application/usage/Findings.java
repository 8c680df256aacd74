package dev.tollgate.application.usage;

import dev.tollgate.application.usage.AuditUsage.Audit;
import dev.tollgate.application.usage.AuditUsage.Check;
import dev.tollgate.domain.money.Money;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts what was compared and keeps what differs, up to a number nobody reads beyond. */
final class Findings {
    private static final int DIFFERENCES_MAX = 1_000;

    private final Map<Invariant, Long> compared = new EnumMap<>(Invariant.class);
    private final Map<Invariant, List<Check>> differences = new EnumMap<>(Invariant.class);

    void compare(Invariant invariant, String name, Money expected, Money actual) {
        require(invariant, name, expected.equals(actual), expected.text(), actual.text());
    }

    void compare(Invariant invariant, String name, long expected, long actual) {
        require(invariant, name, expected == actual, String.valueOf(expected), String.valueOf(actual));
    }

    void require(Invariant invariant, String name, boolean holds, String expected, String actual) {
        compared.merge(invariant, 1L, Long::sum);
        if (holds) {
            return;
        }
        List<Check> found = differences.computeIfAbsent(invariant, absent -> new ArrayList<>());
        if (found.size() < DIFFERENCES_MAX) {
            found.add(new Check(name, false, expected, actual));
        }
    }

    Audit audit() {
        List<Check> checks = new ArrayList<>();
        for (Invariant invariant : Invariant.values()) {
            String count = compared.getOrDefault(invariant, 0L) + " compared";
            List<Check> found = differences.getOrDefault(invariant, List.of());
            if (found.isEmpty()) {
                checks.add(new Check(invariant.title(), true, count, count));
            }
            checks.addAll(found);
        }
        return new Audit(checks);
    }
}
