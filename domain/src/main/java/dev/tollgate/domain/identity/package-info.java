/** Who calls: users, their roles, groups, limits and time zone. */
package dev.tollgate.domain.identity;
