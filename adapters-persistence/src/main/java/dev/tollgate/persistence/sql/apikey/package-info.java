/** API keys in SQL. */
@NullMarked
package dev.tollgate.persistence.sql.apikey;

import org.jspecify.annotations.NullMarked;
