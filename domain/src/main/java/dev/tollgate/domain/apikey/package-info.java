/** The keys callers hold: their form, scope, limits and expiry, never their text. */
package dev.tollgate.domain.apikey;
