/** Calls of every dialect told to Converse, and its answers told back. */
@NullMarked
package dev.tollgate.upstream.bedrock.conversation;

import org.jspecify.annotations.NullMarked;
