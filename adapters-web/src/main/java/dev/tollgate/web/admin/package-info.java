/** The admin API, and the shapes that every JSON resource of ours shares. */
@NullMarked
package dev.tollgate.web.admin;

import org.jspecify.annotations.NullMarked;
