/** How tickets, progress and settlements are written down: in the journal, in streams and in columns. */
@NullMarked
package dev.tollgate.persistence.codec;

import org.jspecify.annotations.NullMarked;
