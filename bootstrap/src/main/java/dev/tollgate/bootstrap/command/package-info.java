/** The commands that work on an installation's stores, wherever these are open. */
@NullMarked
package dev.tollgate.bootstrap.command;

import org.jspecify.annotations.NullMarked;
