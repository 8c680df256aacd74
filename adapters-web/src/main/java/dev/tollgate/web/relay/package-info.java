/** Takes callers' calls over HTTP and gives the answers back: everything the dialects have in common. */
@NullMarked
package dev.tollgate.web.relay;

import org.jspecify.annotations.NullMarked;
