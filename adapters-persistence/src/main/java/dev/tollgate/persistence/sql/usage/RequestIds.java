package dev.tollgate.persistence.sql.usage;

import dev.tollgate.domain.relay.RequestId;
import java.nio.ByteBuffer;
import java.util.UUID;

/** Request ids as columns keep them: sixteen bytes, which sort by time. */
public final class RequestIds {
    private static final int BYTES = 2 * Long.BYTES;

    private RequestIds() {}

    public static byte[] bytes(RequestId id) {
        return ByteBuffer.allocate(BYTES)
                .putLong(id.value().getMostSignificantBits())
                .putLong(id.value().getLeastSignificantBits())
                .array();
    }

    public static RequestId of(byte[] column) {
        ByteBuffer bytes = ByteBuffer.wrap(column);
        return new RequestId(new UUID(bytes.getLong(), bytes.getLong()));
    }
}
