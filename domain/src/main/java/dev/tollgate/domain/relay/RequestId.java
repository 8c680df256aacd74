package dev.tollgate.domain.relay;

import java.time.Instant;
import java.time.temporal.ChronoField;
import java.util.UUID;

/** Identifies a call: a UUIDv7 of ours, whose time is the instant of its admission. */
public record RequestId(UUID value) implements Comparable<RequestId> {
    private static final int TIMESTAMP_SHIFT = 16;
    private static final int RANDOM_A_BITS = 12;
    private static final long VERSION_7 = 0x7000L;
    private static final long VARIANT_MASK = 0x3FFF_FFFF_FFFF_FFFFL;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private static final long MILLI_NANOS = 1_000_000;

    private static final int VERSION = 7;
    private static final int IETF_VARIANT = 2;
    private static final int TEXT_LENGTH = 36;

    public RequestId {
        if (value.version() != VERSION || value.variant() != IETF_VARIANT) {
            throw new IllegalArgumentException("not a UUIDv7: " + value);
        }
    }

    /** A new id for a call admitted at an instant; both random numbers must be uniform. */
    public static RequestId at(Instant admittedAt, long randomHigh, long randomLow) {
        long time = admittedAt.toEpochMilli() << TIMESTAMP_SHIFT;
        long high = time | VERSION_7 | (randomHigh & ((1L << RANDOM_A_BITS) - 1));
        return new RequestId(new UUID(high, (randomLow & VARIANT_MASK) | VARIANT));
    }

    /**
     * A new id whose upper random bits tell the instant more finely (RFC 9562, 6.2, method 3); the other random number
     * must be uniform.
     */
    public static RequestId precisely(Instant admittedAt, long randomLow) {
        long nanosOfMilli = admittedAt.getLong(ChronoField.NANO_OF_SECOND) % MILLI_NANOS;
        return at(admittedAt, (nanosOfMilli << RANDOM_A_BITS) / MILLI_NANOS, randomLow);
    }

    /**
     * Reads an id.
     *
     * @throws IllegalArgumentException if the text is not a UUIDv7 in its long form
     */
    public static RequestId of(String text) {
        if (text.length() != TEXT_LENGTH) {
            throw new IllegalArgumentException("a request id has " + TEXT_LENGTH + " characters");
        }
        return new RequestId(UUID.fromString(text));
    }

    /** The admission instant, to the millisecond. */
    public Instant instant() {
        return Instant.ofEpochMilli(value.getMostSignificantBits() >>> TIMESTAMP_SHIFT);
    }

    /** The admission instant, to a quarter of a microsecond; only to a millisecond if the id was not made precisely. */
    public Instant preciseInstant() {
        long fraction = value.getMostSignificantBits() & ((1L << RANDOM_A_BITS) - 1);
        return instant().plusNanos((fraction * MILLI_NANOS) >>> RANDOM_A_BITS);
    }

    public String text() {
        return value.toString();
    }

    /** By admission instant, as the texts sort. */
    @Override
    public int compareTo(RequestId other) {
        int byTime = Long.compareUnsigned(value.getMostSignificantBits(), other.value.getMostSignificantBits());
        return byTime != 0
                ? byTime
                : Long.compareUnsigned(value.getLeastSignificantBits(), other.value.getLeastSignificantBits());
    }
}
