/**
 * A provider inside the process, for the demonstration and for tests: it serves every model in the chat and messages
 * dialects, to callers of others through a conversion, without a network, always the same answer to the same request. It
 * embeds texts too, and moderates them, objecting to nothing.
 *
 * <p>It repeats what the last message says, and then goes on until it has said a few dozen words. A message that
 * mentions a tool is answered by a call of the first tool the request brings along. A message may hold directions
 * between {@code [[simulate:} and {@code ]]}, apart by commas:
 *
 * <ul>
 *   <li>{@code words=N}: say so many words
 *   <li>{@code pace=N}: so many milliseconds between two words
 *   <li>{@code tool}: call the first tool
 *   <li>{@code error=STATUS}: answer with that status and the dialect's error body; a 429 says when to come again
 *   <li>{@code reset}: break the connection before anything is answered
 *   <li>{@code stall}: do not answer at all
 *   <li>{@code cut=N}: in a stream, break off after so many words
 *   <li>{@code error-event=N}: in a stream, report an error after so many words
 *   <li>{@code no-usage}: leave the usage out
 * </ul>
 */
@NullMarked
package dev.tollgate.upstream.simulated;

import org.jspecify.annotations.NullMarked;
