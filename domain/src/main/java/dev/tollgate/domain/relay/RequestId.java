package dev.tollgate.domain.relay;

import java.time.Instant;
import java.util.UUID;

/** Identifies a call: a UUIDv7 of ours, whose time is the instant of its admission. */
public record RequestId(UUID value) {
    private static final int TIMESTAMP_SHIFT = 16;
    private static final int RANDOM_A_BITS = 12;
    private static final long VERSION_7 = 0x7000L;
    private static final long VARIANT_MASK = 0x3FFF_FFFF_FFFF_FFFFL;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    /** A new id for a call admitted at an instant; both random numbers must be uniform. */
    public static RequestId at(Instant admittedAt, long randomHigh, long randomLow) {
        long time = admittedAt.toEpochMilli() << TIMESTAMP_SHIFT;
        long high = time | VERSION_7 | (randomHigh & ((1L << RANDOM_A_BITS) - 1));
        return new RequestId(new UUID(high, (randomLow & VARIANT_MASK) | VARIANT));
    }

    public static RequestId of(String text) {
        return new RequestId(UUID.fromString(text));
    }

    /** The admission instant, to the millisecond. */
    public Instant instant() {
        return Instant.ofEpochMilli(value.getMostSignificantBits() >>> TIMESTAMP_SHIFT);
    }

    public String text() {
        return value.toString();
    }
}
