/** Gemini's generateContent as a conversation in nobody's dialect, and any platform's answer told in its form. */
@NullMarked
package dev.tollgate.web.relay.gemini.content;

import org.jspecify.annotations.NullMarked;
