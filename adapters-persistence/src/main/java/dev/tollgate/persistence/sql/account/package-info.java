/** Accounts and their groups in tables. */
@NullMarked
package dev.tollgate.persistence.sql.account;

import org.jspecify.annotations.NullMarked;
