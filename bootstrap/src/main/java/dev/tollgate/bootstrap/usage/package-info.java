/** What runs beside the calls so that usage reaches SQL. */
@NullMarked
package dev.tollgate.bootstrap.usage;

import org.jspecify.annotations.NullMarked;
