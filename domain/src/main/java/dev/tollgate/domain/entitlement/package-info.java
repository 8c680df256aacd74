/** What a user may spend, counted in windows that nobody resets, and who pays for a call. */
package dev.tollgate.domain.entitlement;
