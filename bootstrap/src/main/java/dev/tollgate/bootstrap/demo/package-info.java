/** The demonstration: a provider, users, keys and packages, and a month in which they were used. */
@NullMarked
package dev.tollgate.bootstrap.demo;

import org.jspecify.annotations.NullMarked;
