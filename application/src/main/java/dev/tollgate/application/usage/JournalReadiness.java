package dev.tollgate.application.usage;

import dev.tollgate.application.identity.Readiness;
import java.util.Optional;

/** No calls are taken whose end could not be written down. */
public final class JournalReadiness implements Readiness {
    private final UsageJournal journal;

    public JournalReadiness(UsageJournal journal) {
        this.journal = journal;
    }

    @Override
    public String name() {
        return "journal";
    }

    @Override
    public Optional<String> obstacle() {
        return journal.isWritable()
                ? Optional.empty()
                : Optional.of("the journal cannot be written, or its disk is almost full");
    }
}
