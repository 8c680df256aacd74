package dev.tollgate.application.usage;

import java.util.Comparator;

/** An entry's place in its shard's stream: a time or a life's number, and a sequence in it. */
public record StreamId(long major, long minor) implements Comparable<StreamId> {
    /** Before every entry. */
    public static final StreamId START = new StreamId(0, 0);

    private static final Comparator<StreamId> ORDER =
            Comparator.comparingLong(StreamId::major).thenComparingLong(StreamId::minor);

    /** Reads what {@link #text} wrote. */
    public static StreamId of(String text) {
        int dash = text.indexOf('-');
        return new StreamId(Long.parseLong(text.substring(0, dash)), Long.parseLong(text.substring(dash + 1)));
    }

    public String text() {
        return major + "-" + minor;
    }

    @Override
    public int compareTo(StreamId other) {
        return ORDER.compare(this, other);
    }
}
