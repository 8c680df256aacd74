package dev.tollgate.bootstrap.usage;

import dev.tollgate.application.identity.Readiness;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Tells once what keeps this node from being ready, and once that it does no more. */
final class ObstacleLog {
    private final List<Readiness> conditions;
    private final Consumer<String> warn;
    private final Consumer<String> inform;
    private final Map<Readiness, String> told = new HashMap<>();

    ObstacleLog(List<Readiness> conditions, Consumer<String> warn, Consumer<String> inform) {
        this.conditions = List.copyOf(conditions);
        this.warn = warn;
        this.inform = inform;
    }

    /** Looks at each condition; one whose words changed meanwhile is not told again. */
    void tell() {
        for (Readiness condition : conditions) {
            Optional<String> obstacle = condition.obstacle();
            if (obstacle.isPresent() && !told.containsKey(condition)) {
                told.put(condition, condition.name());
                warn.accept("not ready (" + condition.name() + "): " + obstacle.get());
            } else if (obstacle.isEmpty() && told.containsKey(condition)) {
                inform.accept("nothing in the way any more (" + told.remove(condition) + ")");
            }
        }
    }
}
