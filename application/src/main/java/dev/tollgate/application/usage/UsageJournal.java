package dev.tollgate.application.usage;

import dev.tollgate.domain.relay.Progress;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.domain.relay.Settlement;
import dev.tollgate.domain.relay.Ticket;
import java.util.List;

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

    /** Nothing more will come of a call that was sent: SQL has it. Its segment may go once all its ids are closed. */
    void closed(List<RequestId> ids);

    /** Calls settled or sent here that are not closed yet. */
    long pending();

    /** Whether entries can be written and room for more is kept. */
    boolean isWritable();

    /** A write or sync failed. */
    final class JournalUnavailable extends RuntimeException {
        private static final long serialVersionUID = 1;

        public JournalUnavailable(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
