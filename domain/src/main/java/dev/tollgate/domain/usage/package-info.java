/** What a call used, in classes that do not overlap, and whether anybody said so. */
package dev.tollgate.domain.usage;
