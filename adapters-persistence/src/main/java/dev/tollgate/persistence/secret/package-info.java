/** The secret key of the deployment, and what is made with it: sealed texts and digests. */
@NullMarked
package dev.tollgate.persistence.secret;

import org.jspecify.annotations.NullMarked;
