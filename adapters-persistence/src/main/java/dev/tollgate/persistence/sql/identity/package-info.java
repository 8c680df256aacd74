/** Users, their sign-ins and what they did, in SQL. */
@NullMarked
package dev.tollgate.persistence.sql.identity;

import org.jspecify.annotations.NullMarked;
