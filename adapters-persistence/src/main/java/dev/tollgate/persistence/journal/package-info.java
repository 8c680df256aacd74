/** The usage journal in files; the format is in docs/journal.md. */
@NullMarked
package dev.tollgate.persistence.journal;

import org.jspecify.annotations.NullMarked;
