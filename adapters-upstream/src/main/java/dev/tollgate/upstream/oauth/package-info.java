/** Fresh tokens for OAuth accounts. */
@NullMarked
package dev.tollgate.upstream.oauth;

import org.jspecify.annotations.NullMarked;
