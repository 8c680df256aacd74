/** What the codecs of the callers' dialects share: reading a body's members with their paths, and telling an answer. */
@NullMarked
package dev.tollgate.web.relay.conversation;

import org.jspecify.annotations.NullMarked;
