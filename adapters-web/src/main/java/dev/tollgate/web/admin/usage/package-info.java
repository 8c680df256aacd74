/** Usage records and statistics, as the admin API shows them. */
@NullMarked
package dev.tollgate.web.admin.usage;

import org.jspecify.annotations.NullMarked;
