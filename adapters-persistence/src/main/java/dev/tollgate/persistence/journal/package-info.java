/** The usage journal in files, and the folder they lie in; the format is in docs/journal.md. */
@NullMarked
package dev.tollgate.persistence.journal;

import org.jspecify.annotations.NullMarked;
