package dev.tollgate.application.apikey;

import dev.tollgate.domain.apikey.ApiKey;
import dev.tollgate.domain.identity.User;

/** A key together with the user it belongs to. */
public record KeyHolder(ApiKey key, User user) {}
