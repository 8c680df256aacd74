/** The live store inside the process: for one node, with nothing to install. */
@NullMarked
package dev.tollgate.persistence.embedded;

import org.jspecify.annotations.NullMarked;
