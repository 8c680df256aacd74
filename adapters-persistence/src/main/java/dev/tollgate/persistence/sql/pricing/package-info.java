/** The price list and the model mappings in tables. */
@NullMarked
package dev.tollgate.persistence.sql.pricing;

import org.jspecify.annotations.NullMarked;
