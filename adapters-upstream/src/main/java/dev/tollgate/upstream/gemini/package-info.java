/** Google's Gemini API and, by its base address, Vertex AI. */
@NullMarked
package dev.tollgate.upstream.gemini;

import org.jspecify.annotations.NullMarked;
