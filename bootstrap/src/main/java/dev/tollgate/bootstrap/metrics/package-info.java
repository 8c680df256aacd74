/** What becomes of calls, as Prometheus metrics. */
@NullMarked
package dev.tollgate.bootstrap.metrics;

import org.jspecify.annotations.NullMarked;
