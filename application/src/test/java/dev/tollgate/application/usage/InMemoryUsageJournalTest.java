package dev.tollgate.application.usage;

class InMemoryUsageJournalTest extends UsageJournalContract {
    private InMemoryUsageJournal journal = new InMemoryUsageJournal();

    @Override
    protected UsageJournal restart() {
        journal = journal.restarted();
        return journal;
    }
}
