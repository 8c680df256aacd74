package dev.tollgate.application.relay;

import org.jspecify.annotations.Nullable;

/** What came of looking through bytes for the parts of a form. */
public sealed interface FormScan permits FormParts, FormScan.Malformed {
    /** Most parts taken. */
    int PARTS_MAX = 100;

    /** Most bytes the head of one part may have. */
    int HEAD_BYTES_MAX = 4096;

    /**
     * The bytes are no form we take.
     *
     * @param part the name of the part at fault, null if it has none
     */
    record Malformed(String what, @Nullable String part) implements FormScan {}
}
