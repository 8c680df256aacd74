/** Upstream accounts and their groups, as the admin API shows them. */
@NullMarked
package dev.tollgate.web.admin.account;

import org.jspecify.annotations.NullMarked;
