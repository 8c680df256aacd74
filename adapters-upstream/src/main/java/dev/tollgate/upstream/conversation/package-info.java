/** Calls whose dialect their account's platform does not speak: what each platform's codec must do, and what is shared. */
@NullMarked
package dev.tollgate.upstream.conversation;

import org.jspecify.annotations.NullMarked;
