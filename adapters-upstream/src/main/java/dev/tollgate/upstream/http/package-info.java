/** The one HTTP client: time-outs, headers, and streams that are metered while they pass. */
@NullMarked
package dev.tollgate.upstream.http;

import org.jspecify.annotations.NullMarked;
