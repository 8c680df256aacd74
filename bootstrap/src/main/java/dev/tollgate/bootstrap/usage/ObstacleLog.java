package dev.tollgate.bootstrap.usage;

import dev.tollgate.application.identity.Readiness;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Tells once what keeps this node from being ready, and once that it does no more. */
final class ObstacleLog {
    private final List<Readiness> conditions;
    private final Consumer<String> warn;
    private final Consumer<String> inform;
    private final Set<Readiness> told = new HashSet<>();

    ObstacleLog(List<Readiness> conditions, Consumer<String> warn, Consumer<String> inform) {
        this.conditions = List.copyOf(conditions);
        this.warn = warn;
        this.inform = inform;
    }

    /** Looks at each condition; one whose words changed meanwhile is not told again. */
    void tell() {
        for (Readiness condition : conditions) {
            Optional<String> obstacle = condition.obstacle();
            if (obstacle.isPresent() && told.add(condition)) {
                warn.accept("not ready (" + condition.name() + "): " + obstacle.get());
            } else if (obstacle.isEmpty() && told.remove(condition)) {
                inform.accept("nothing in the way any more (" + condition.name() + ")");
            }
        }
    }
}
