/** The command line. */
@NullMarked
package dev.tollgate.bootstrap.cli;

import org.jspecify.annotations.NullMarked;
