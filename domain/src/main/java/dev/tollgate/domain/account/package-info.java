/** The upstream accounts calls are sent with: health, cool-down, and the rule that picks one. */
package dev.tollgate.domain.account;
