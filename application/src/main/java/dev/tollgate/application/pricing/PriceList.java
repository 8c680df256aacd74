package dev.tollgate.application.pricing;

import java.util.List;

/**
 * A price list as a file gave it.
 *
 * @param partial whether it says nothing about what it leaves out, so that what we know stays
 * @param notes what of the file could not be taken over and costs no entry
 */
public record PriceList(boolean partial, List<Fields> entries, List<Skipped> skipped, List<String> notes) {
    public PriceList {
        entries = List.copyOf(entries);
        skipped = List.copyOf(skipped);
        notes = List.copyOf(notes);
    }

    /** An entry that is left out, and why. */
    public record Skipped(String name, String reason) {}
}
