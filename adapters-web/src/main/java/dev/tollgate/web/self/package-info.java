/** What a signed-in user reads of the own packages and usage. */
@NullMarked
package dev.tollgate.web.self;

import org.jspecify.annotations.NullMarked;
