/** Anthropic's messages. */
@NullMarked
package dev.tollgate.upstream.anthropic;

import org.jspecify.annotations.NullMarked;
