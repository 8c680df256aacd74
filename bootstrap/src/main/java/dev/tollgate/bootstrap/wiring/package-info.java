/** Puts the application's services together from the adapters, one factory a feature. */
@NullMarked
package dev.tollgate.bootstrap.wiring;

import org.jspecify.annotations.NullMarked;
