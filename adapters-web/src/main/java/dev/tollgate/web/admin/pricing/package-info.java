/** The price list and the model mappings, as the admin API shows them. */
@NullMarked
package dev.tollgate.web.admin.pricing;

import org.jspecify.annotations.NullMarked;
