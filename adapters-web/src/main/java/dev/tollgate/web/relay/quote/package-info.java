/** What a call would meet, told to admins. */
@NullMarked
package dev.tollgate.web.relay.quote;

import org.jspecify.annotations.NullMarked;
