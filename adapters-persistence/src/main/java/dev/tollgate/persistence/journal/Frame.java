package dev.tollgate.persistence.journal;

import dev.tollgate.domain.relay.RequestId;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the journal: length of what follows the checksum, its CRC32C, then the type, the call's id and the body.
 *
 * @param body JSON; empty for {@code CLOSED}
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
record Frame(Type type, RequestId id, byte[] body) {
    static final int LENGTH_MAX = 4 << 20;
    private static final int HEADER_BYTES = 2 * Integer.BYTES;
    private static final int BARE_BYTES = 1 + 2 * Long.BYTES;

    /** What happened to a call; the numbers are in the files. */
    enum Type {
        SENT(1),
        PROGRESS(2),
        SETTLED(3),
        CLOSED(4);

        private final byte number;

        Type(int number) {
            this.number = (byte) number;
        }

        private static @Nullable Type of(byte number) {
            for (Type type : values()) {
                if (type.number == number) {
                    return type;
                }
            }
            return null;
        }
    }

    /** How many bytes of a file it takes. */
    int size() {
        return HEADER_BYTES + BARE_BYTES + body.length;
    }

    void writeTo(ByteBuffer file) {
        int length = BARE_BYTES + body.length;
        int start = file.position();
        file.putInt(length).putInt(0).put(type.number);
        file.putLong(id.value().getMostSignificantBits());
        file.putLong(id.value().getLeastSignificantBits()).put(body);
        file.putInt(start + Integer.BYTES, checksum(file, start + HEADER_BYTES, length));
    }

    /** The frame at a place in a file, null if there is none that is whole. */
    static @Nullable Frame at(ByteBuffer file, int offset) {
        try {
            int length = file.getInt(offset);
            if (length < BARE_BYTES || length > LENGTH_MAX || offset + HEADER_BYTES + length > file.limit()) {
                return null;
            }
            Type type = Type.of(file.get(offset + HEADER_BYTES));
            boolean intact = file.getInt(offset + Integer.BYTES) == checksum(file, offset + HEADER_BYTES, length);
            return type == null || !intact ? null : read(file, offset + HEADER_BYTES + 1, type, length - BARE_BYTES);
        } catch (IndexOutOfBoundsException | BufferUnderflowException e) {
            return null; // the file ends within the header
        }
    }

    private static Frame read(ByteBuffer file, int offset, Type type, int bodyBytes) {
        UUID id = new UUID(file.getLong(offset), file.getLong(offset + Long.BYTES));
        byte[] body = new byte[bodyBytes];
        file.get(offset + 2 * Long.BYTES, body);
        return new Frame(type, new RequestId(id), body);
    }

    private static int checksum(ByteBuffer file, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(file.slice(offset, length));
        return (int) crc.getValue();
    }
}
