/** What the relay keeps in tables. */
@NullMarked
package dev.tollgate.persistence.sql.relay;

import org.jspecify.annotations.NullMarked;
