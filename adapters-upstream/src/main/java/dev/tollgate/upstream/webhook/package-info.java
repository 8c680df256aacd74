/** Messages to operators' own addresses. */
@NullMarked
package dev.tollgate.upstream.webhook;

import org.jspecify.annotations.NullMarked;
