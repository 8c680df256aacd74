/** Price lists in files: our own shape and the field's usual one. */
@NullMarked
package dev.tollgate.persistence.prices;

import org.jspecify.annotations.NullMarked;
