/** What the environment decides before anything runs: names, defaults, and what is wrong with a value. */
@NullMarked
package dev.tollgate.bootstrap.settings;

import org.jspecify.annotations.NullMarked;
