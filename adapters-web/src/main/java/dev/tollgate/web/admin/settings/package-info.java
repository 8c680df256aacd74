/** What an operator may set while Tollgate runs. */
@NullMarked
package dev.tollgate.web.admin.settings;

import org.jspecify.annotations.NullMarked;
