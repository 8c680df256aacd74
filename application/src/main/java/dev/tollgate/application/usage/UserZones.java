package dev.tollgate.application.usage;

import dev.tollgate.domain.identity.UserId;
import java.time.ZoneId;

/** The time zones users read statistics in. */
public interface UserZones {
    ZoneId of(UserId user);
}
