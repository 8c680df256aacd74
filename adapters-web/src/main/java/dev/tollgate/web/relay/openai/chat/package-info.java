/** Chat completions told in nobody's dialect, and answers told as chat completions. */
@NullMarked
package dev.tollgate.web.relay.openai.chat;

import org.jspecify.annotations.NullMarked;
