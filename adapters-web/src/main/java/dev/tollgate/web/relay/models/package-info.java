/** Lists models in the caller's dialect. */
@NullMarked
package dev.tollgate.web.relay.models;

import org.jspecify.annotations.NullMarked;
