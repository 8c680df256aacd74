/** Packages, what users hold of them, and credit, in SQL. */
@NullMarked
package dev.tollgate.persistence.sql.entitlement;

import org.jspecify.annotations.NullMarked;
