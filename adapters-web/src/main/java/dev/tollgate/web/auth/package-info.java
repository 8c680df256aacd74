/** Signing in and out, and the proofs of it. */
@NullMarked
package dev.tollgate.web.auth;

import org.jspecify.annotations.NullMarked;
