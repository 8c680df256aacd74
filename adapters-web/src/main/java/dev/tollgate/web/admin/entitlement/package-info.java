/** Packages, what users hold of them, and credit, as the admin API shows them. */
@NullMarked
package dev.tollgate.web.admin.entitlement;

import org.jspecify.annotations.NullMarked;
