package dev.tollgate.application.identity;

import java.util.Optional;

/** One condition for taking calls. The node is ready while no condition names an obstacle. */
public interface Readiness {
    /** The condition's name, {@code database}, {@code journal}, {@code draining}, … */
    String name();

    /** What is in the way now, in words for an operator; empty if nothing is. Answers at once. */
    Optional<String> obstacle();
}
