/** One call from its ticket at admission to its settlement. */
package dev.tollgate.domain.relay;
