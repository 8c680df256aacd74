package dev.tollgate.persistence.sql.usage.query;

import dev.tollgate.domain.relay.RequestId;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Request ids as the sixteen bytes of a column. */
final class RequestIds {
    private static final int LENGTH = 16;
    private static final int TIMESTAMP_SHIFT = 16;

    private RequestIds() {}

    static byte @Nullable [] bytes(@Nullable RequestId id) {
        return id == null
                ? null
                : ByteBuffer.allocate(LENGTH)
                        .putLong(id.value().getMostSignificantBits())
                        .putLong(id.value().getLeastSignificantBits())
                        .array();
    }

    /** The bytes before every id of this millisecond or a later one, and after every earlier one. */
    static byte[] from(long epochMillis) {
        return ByteBuffer.allocate(LENGTH)
                .putLong(epochMillis << TIMESTAMP_SHIFT)
                .putLong(0)
                .array();
    }

    /** The millisecond an id was made in. */
    static Instant instant(byte[] bytes) {
        return of(bytes).instant();
    }

    static RequestId of(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new RequestId(new UUID(buffer.getLong(), buffer.getLong()));
    }
}
