/** The running gateway: its data folder, its start, its repeated work and its end. */
@NullMarked
package dev.tollgate.bootstrap.gateway;

import org.jspecify.annotations.NullMarked;
