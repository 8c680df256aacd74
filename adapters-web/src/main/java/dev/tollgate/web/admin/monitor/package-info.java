/** How the gateway is, for operators. */
@NullMarked
package dev.tollgate.web.admin.monitor;

import org.jspecify.annotations.NullMarked;
