/** Exact amounts, each a whole number with its unit in its name, and the one rounding. */
package dev.tollgate.domain.money;
