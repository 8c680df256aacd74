/** What tokens and pieces cost on which model from which instant on, and the bill of a call. */
package dev.tollgate.domain.pricing;
