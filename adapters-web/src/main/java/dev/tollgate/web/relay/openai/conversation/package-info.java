/** What OpenAI's two dialects of conversation have in common: tools, media, reasoning and formats of the answer. */
@NullMarked
package dev.tollgate.web.relay.openai.conversation;

import org.jspecify.annotations.NullMarked;
