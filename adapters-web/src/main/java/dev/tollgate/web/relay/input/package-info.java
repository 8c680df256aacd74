/** Bounds what a prompt can cost and finds the conversation it belongs to, without building it. */
@NullMarked
package dev.tollgate.web.relay.input;

import org.jspecify.annotations.NullMarked;
