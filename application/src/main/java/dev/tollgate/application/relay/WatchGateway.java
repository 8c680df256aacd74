package dev.tollgate.application.relay;

import dev.tollgate.application.account.AccountTally;
import dev.tollgate.application.identity.Nodes.Node;
import dev.tollgate.application.usage.FreshTotals;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Use case: tell an operator how the gateway is at this moment. */
public interface WatchGateway {
    /** Answers whatever is away; what that would have told is null. */
    Observed observe();

    /**
     * The gateway at an instant. What is in memory is as of that instant.
     *
     * @param node the one that answers
     * @param others the other nodes as they told of themselves last; empty while the database is away
     * @param liveStore null while it is away
     * @param today recorded usage since midnight in the gateway's time zone; null while the database is away
     */
    record Observed(
            Instant at,
            Node node,
            List<Node> others,
            @Nullable Live liveStore,
            Outage.State outage,
            Database database,
            Journal journal,
            boolean isSyncEnabled,
            AccountTally accounts,
            FreshTotals.@Nullable Today today) {
        public Observed {
            others = List.copyOf(others);
        }
    }

    /**
     * The live store.
     *
     * @param generation names this life of its data
     * @param openHolds calls that hold money
     * @param inFlight calls that occupy a slot of an account
     * @param backlog settled calls that are not in SQL yet
     */
    record Live(String generation, int shards, long openHolds, long inFlight, long backlog) {}

    /**
     * The database, and when it last answered.
     *
     * @param deadLetters settlements it could not take as records; null while it is away
     */
    record Database(
            boolean isUp, Instant confirmedAt, @Nullable Long deadLetters) {}

    /**
     * This node's journal.
     *
     * @param pending calls sent or settled here that SQL does not have yet
     */
    record Journal(boolean isWritable, long pending) {}
}
