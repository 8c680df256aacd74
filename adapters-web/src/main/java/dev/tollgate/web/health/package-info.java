/** Whether the process lives and takes calls. */
@NullMarked
package dev.tollgate.web.health;

import org.jspecify.annotations.NullMarked;
