/** The dialect of OpenAI's API. */
@NullMarked
package dev.tollgate.web.relay.openai;

import org.jspecify.annotations.NullMarked;
