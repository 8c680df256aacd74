package dev.tollgate.persistence.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;

/** Where an entry lies. */
record Place(Segment segment, int offset, int bytes) {
    /** The entry's body. @throws NoSuchFileException if its segment was removed */
    byte[] read() throws IOException {
        if (!Files.exists(segment.file())) {
            throw new NoSuchFileException(segment.file().toString());
        }
        try (RandomAccessFile file = new RandomAccessFile(segment.file().toFile(), "r")) {
            return read(file);
        }
    }

    /** The entry's body from its opened segment. */
    byte[] read(RandomAccessFile file) throws IOException {
        byte[] bytesOfFrame = new byte[bytes];
        file.seek(offset);
        file.readFully(bytesOfFrame);
        Frame frame = Frame.at(ByteBuffer.wrap(bytesOfFrame), 0);
        if (frame == null) {
            throw new JournalDamaged(segment.file(), offset);
        }
        return frame.body();
    }
}
