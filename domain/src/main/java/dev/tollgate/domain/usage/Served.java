package dev.tollgate.domain.usage;

import org.jspecify.annotations.Nullable;

/**
 * How the provider says it served a call, where that changes the price: its service tier ({@code batch}, {@code flex},
 * {@code priority}), its speed ({@code fast}) and the region it was tied to ({@code us}). Null: not told, or ordinary.
 */
public record Served(
        @Nullable String tier,
        @Nullable String speed,
        @Nullable String geo) {
    public static final Served ORDINARY = new Served(null, null, null);
}
