package dev.tollgate.application.account;

import dev.tollgate.domain.identity.GroupId;
import org.jspecify.annotations.Nullable;

/** A named set of accounts, to which users and keys may be bound. The accounts know their groups. */
public record AccountGroup(
        GroupId id,
        String name,
        @Nullable String platform,
        @Nullable String description) {}
