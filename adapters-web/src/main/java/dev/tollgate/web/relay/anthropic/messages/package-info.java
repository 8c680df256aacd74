/** Messages as a conversation in nobody's dialect, and any platform's answer told as messages. */
@NullMarked
package dev.tollgate.web.relay.anthropic.messages;

import org.jspecify.annotations.NullMarked;
