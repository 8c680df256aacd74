/** The platforms whose models are resold, behind one port. */
@NullMarked
package dev.tollgate.upstream;

import org.jspecify.annotations.NullMarked;
