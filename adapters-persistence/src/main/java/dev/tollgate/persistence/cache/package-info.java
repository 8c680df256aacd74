/** What is kept in memory of SQL because every call asks for it. */
@NullMarked
package dev.tollgate.persistence.cache;

import org.jspecify.annotations.NullMarked;
