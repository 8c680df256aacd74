package dev.tollgate.application.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** The nodes of a deployment, as each told of itself last. */
public interface Nodes {
    /** A node that told nothing for longer is taken for gone. */
    Duration GONE_AFTER = Duration.ofSeconds(15);

    /** How long one that is gone is remembered. */
    Duration REMEMBERED_FOR = Duration.ofDays(1);

    /**
     * Keeps what a node tells in place of what it told before. Atomic over all nodes.
     *
     * @param former the mark of the process this one follows, whose place it takes at once; or its own
     * @return false, and nothing is changed, if another process told under this id and is not gone
     */
    boolean tell(Node node, String former);

    /** All that are remembered, in the order of their ids. */
    List<Node> all();

    /** Forgets a node that ends; without effect when another process has told under its id since. */
    void remove(Node node);

    /** Forgets the nodes last seen before an instant. */
    void forget(Instant seenBefore);

    /**
     * A node of the deployment.
     *
     * @param id the operator's name for it
     * @param mark tells its process from every other that may have the same id
     * @param seenAt by the clock all nodes share, in whole microseconds
     * @param obstacles what keeps it from being ready, by name
     * @param inFlight calls it has sent upstream and not settled
     * @param journalPending calls in its journal that SQL may not have
     * @param clockOffset how far the shared clock is ahead of its own, in whole milliseconds
     */
    record Node(
            String id,
            String mark,
            String version,
            Instant startedAt,
            Instant seenAt,
            Status status,
            List<String> obstacles,
            long inFlight,
            long journalPending,
            Duration clockOffset) {
        public Node {
            obstacles = List.copyOf(obstacles);
        }

        /** Whether it has told nothing for too long at an instant of the shared clock. */
        public boolean isGone(Instant now) {
            return seenAt.isBefore(now.minus(GONE_AFTER));
        }
    }

    /** How a node does. */
    enum Status {
        READY,
        DRAINING,
        NOT_READY;

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
