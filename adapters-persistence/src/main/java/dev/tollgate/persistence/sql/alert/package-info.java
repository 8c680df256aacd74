/** Alerts, webhooks and what is delivered to them, in tables. */
@NullMarked
package dev.tollgate.persistence.sql.alert;

import org.jspecify.annotations.NullMarked;
