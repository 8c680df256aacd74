/** Storage in H2, MySQL and MariaDB by one set of statements. */
@NullMarked
package dev.tollgate.persistence.sql;

import org.jspecify.annotations.NullMarked;
