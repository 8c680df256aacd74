/** OpenAI's chat completions, and every server that speaks them. */
@NullMarked
package dev.tollgate.upstream.openai;

import org.jspecify.annotations.NullMarked;
