/** The program: its command line, and the wiring of the adapters to the application. */
@NullMarked
package dev.tollgate.bootstrap;

import org.jspecify.annotations.NullMarked;
