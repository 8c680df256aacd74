package dev.tollgate.bootstrap.matrix;

import org.jspecify.annotations.Nullable;

/** The parts of cells a provider's own rules make impossible. */
final class Impossible {
    private Impossible() {}

    /** Why the thoughts of a cell cannot be told, null if they can. */
    @Nullable
    static String why(MatrixTest.Cell cell) {
        return null;
    }
}
