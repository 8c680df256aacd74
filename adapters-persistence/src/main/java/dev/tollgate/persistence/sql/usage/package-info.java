/** Usage in SQL: records, rollups and totals. */
@NullMarked
package dev.tollgate.persistence.sql.usage;

import org.jspecify.annotations.NullMarked;
