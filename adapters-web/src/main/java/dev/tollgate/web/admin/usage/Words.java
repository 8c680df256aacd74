package dev.tollgate.web.admin.usage;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How constants and instants are written. */
final class Words {
    private Words() {}

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    static @Nullable String of(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }
}
