/** What the holder of a key may ask about it. */
@NullMarked
package dev.tollgate.web.relay.holder;

import org.jspecify.annotations.NullMarked;
