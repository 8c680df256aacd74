package dev.tollgate.persistence.sql.usage.query;

import dev.tollgate.domain.relay.RequestId;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Request ids as the sixteen bytes of a column. */
final class RequestIds {
    private static final int LENGTH = 16;

    private RequestIds() {}

    static byte @Nullable [] bytes(@Nullable RequestId id) {
        return id == null
                ? null
                : ByteBuffer.allocate(LENGTH)
                        .putLong(id.value().getMostSignificantBits())
                        .putLong(id.value().getLeastSignificantBits())
                        .array();
    }

    static RequestId of(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new RequestId(new UUID(buffer.getLong(), buffer.getLong()));
    }
}
