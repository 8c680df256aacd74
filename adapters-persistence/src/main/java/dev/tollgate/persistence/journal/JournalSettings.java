package dev.tollgate.persistence.journal;

/**
 * How the journal is kept.
 *
 * @param syncBeforeRelease whether a call's end waits for the disk ({@code journal.fsync: before_release}), or the disk
 *     follows within 20 ms ({@code interval})
 * @param segmentBytes a segment's size, after which the next is begun
 * @param reserveBytes room on the disk without which nothing is admitted
 */
public record JournalSettings(boolean syncBeforeRelease, long segmentBytes, int reserveBytes) {
    public static final JournalSettings USUAL = new JournalSettings(false, 64L << 20, 8 << 20);
}
