/** Reads usage and its sums out of SQL. */
@NullMarked
package dev.tollgate.persistence.sql.usage.query;

import org.jspecify.annotations.NullMarked;
