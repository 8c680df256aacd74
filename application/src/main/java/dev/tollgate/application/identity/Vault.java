package dev.tollgate.application.identity;

/** Seals secrets that must be opened again, each to the place it is stored in. */
public interface Vault {
    /** Seals a text; twice the same gives two different results. */
    String seal(String secret, Place place);

    /**
     * Opens what was sealed for the same place, under the present key or the one before.
     *
     * @throws CannotOpen for anything else
     */
    String open(String sealed, Place place);

    /** Whether a sealed text should be sealed again, because the key has changed since. */
    boolean isStale(String sealed);

    /** Where a sealed text is stored: moved elsewhere it cannot be opened. */
    record Place(String table, long rowId, String column) {}

    /** The text was not sealed by a key we have, or not for this place, or has been changed. */
    final class CannotOpen extends RuntimeException {
        private static final long serialVersionUID = 1;

        public CannotOpen(Place place) {
            super("cannot open " + place);
        }
    }
}
