package dev.tollgate.application.usage;

import dev.tollgate.domain.relay.Progress;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.domain.relay.Settlement;
import dev.tollgate.domain.relay.Ticket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * This node's append-only record of what it sent and how it ended, written before the live store is told. It is what
 * makes a crash harmless: each method returns only after the bytes have left the process.
 *
 * <p>Every method throws {@link JournalUnavailable} if the write failed; the node is then no longer ready.
 */
public interface UsageJournal {
    /** The whole ticket, before the first byte goes upstream. */
    void sent(Ticket ticket);

    /** What is known of the running calls. */
    void progress(List<Progress> running);

    /** A call's result. */
    void settled(Settlement settlement);

    /** Nothing more will come of calls that were sent: SQL has them. */
    void closed(List<RequestId> ids);

    /** Gives every call that an earlier start left open and that is not closed since, once each; closing it is the caller's. */
    void leftOpen(Consumer<LeftOpen> each);

    /**
     * Calls with a result that are not closed, written at least so long ago; those of earlier starts among them. SQL may
     * have them by way of another node.
     */
    List<RequestId> unclosed(Duration age);

    /** The last result written for an unclosed call; empty if there is none or the call is closed by now. */
    Optional<Settlement> settlement(RequestId id);

    /** Removes what is closed from the folder, if there is any, after running the action that makes SQL durable. */
    void trim(Runnable makeDurable);

    /** Calls settled or sent here that are not closed yet. */
    long pending();

    /** Whether entries can be written and room for more is kept. */
    boolean isWritable();

    /** A call that is not closed; it has a settlement, or the ticket and the last that was known. */
    sealed interface LeftOpen {
        record Settled(Settlement settlement) implements LeftOpen {}

        record Unsettled(Ticket ticket, @Nullable Progress progress) implements LeftOpen {}
    }

    /** A write or sync failed. */
    final class JournalUnavailable extends RuntimeException {
        private static final long serialVersionUID = 1;

        public JournalUnavailable(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
