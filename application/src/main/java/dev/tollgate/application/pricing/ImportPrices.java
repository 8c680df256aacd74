package dev.tollgate.application.pricing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Use case: take over a price list file, or see what that would change. */
public interface ImportPrices {
    /** Compares a file with the list as it is now, and with {@code apply} makes all changes in one step. */
    Result importList(byte[] file, boolean apply);

    /** The list in force, in our own shape: what an import of it elsewhere would bring about. */
    Fields export();

    /** What comes of an import. */
    sealed interface Result {
        record Compared(Comparison comparison) implements Result {}

        record Unreadable(String why) implements Result {}

        /** Somebody edited the list at the same time and took a name. */
        record NameTaken(String name) implements Result {}
    }

    /**
     * How a file differs from the list.
     *
     * @param applied whether the differences were taken over
     */
    record Comparison(
            boolean applied,
            List<String> added,
            List<Changed> changed,
            List<String> unchanged,
            List<PriceList.Skipped> skipped,
            List<String> notes) {
        public Comparison {
            added = List.copyOf(added);
            changed = List.copyOf(changed);
            unchanged = List.copyOf(unchanged);
            skipped = List.copyOf(skipped);
            notes = List.copyOf(notes);
        }
    }

    /** A model with other fields than before. */
    record Changed(String name, List<FieldChange> fields) {
        public Changed {
            fields = List.copyOf(fields);
        }
    }

    record FieldChange(
            String field, @Nullable Object from, @Nullable Object to) {}
}
