/** Azure OpenAI: the APIs of {@code openai} at addresses and under names of its own. */
@NullMarked
package dev.tollgate.upstream.azure;

import org.jspecify.annotations.NullMarked;
