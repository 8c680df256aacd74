package dev.tollgate.persistence.journal;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** The segment being written. A plain stream: a channel would be closed by the interruption of any caller. */
final class SegmentWriter implements AutoCloseable {
    private final Segment segment;
    private final FileOutputStream file;
    private long size;

    private SegmentWriter(Segment segment, FileOutputStream file) {
        this.segment = segment;
        this.file = file;
    }

    static SegmentWriter create(Segment segment) throws IOException {
        SegmentWriter writer =
                new SegmentWriter(segment, new FileOutputStream(segment.file().toFile()));
        writer.write(Segment.HEADER);
        writer.sync();
        try (FileChannel folder = FileChannel.open(segment.folder(), StandardOpenOption.READ)) {
            folder.force(true);
        }
        return writer;
    }

    Segment segment() {
        return segment;
    }

    long size() {
        return size;
    }

    /** The bytes have left the process when this returns. */
    void write(List<Frame> frames) throws IOException {
        ByteBuffer bytes =
                ByteBuffer.allocate(frames.stream().mapToInt(Frame::size).sum());
        frames.forEach(frame -> frame.writeTo(bytes));
        write(bytes.array());
    }

    private void write(byte[] bytes) throws IOException {
        file.write(bytes);
        size += bytes.length;
    }

    void sync() throws IOException {
        file.getFD().sync();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
