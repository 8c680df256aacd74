/** Webhooks and the log of what was delivered to them. */
@NullMarked
package dev.tollgate.web.admin.alert;

import org.jspecify.annotations.NullMarked;
