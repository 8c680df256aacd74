/** What the platforms share in reading usage, and the count of our own where there is none. */
@NullMarked
package dev.tollgate.upstream.meter;

import org.jspecify.annotations.NullMarked;
