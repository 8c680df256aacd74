package dev.tollgate.persistence.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** One file of the journal, by its number: later ones have higher numbers. */
record Segment(Path folder, long number) {
    /** Magic and version; a reader refuses what it does not know. */
    static final byte[] HEADER = {'T', 'G', 'J', 'R', 'N', 'L', 0, 1};

    private static final String SUFFIX = ".journal";

    static List<Segment> in(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name ->
                            new Segment(folder, Long.parseLong(name.substring(0, name.length() - SUFFIX.length()))))
                    .sorted((left, right) -> Long.compare(left.number, right.number))
                    .toList();
        }
    }

    Path file() {
        return folder.resolve(String.format(Locale.ROOT, "%012d%s", number, SUFFIX));
    }

    /**
     * Reads every frame up to a torn end.
     *
     * @throws JournalDamaged if what cannot be read is followed by something that can
     */
    void read(Reader reader) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file()));
        requireHeader(bytes);
        int offset = HEADER.length;
        while (offset < bytes.limit()) {
            Frame frame = Frame.at(bytes, offset);
            if (frame == null) {
                requireEnd(bytes, offset);
                return;
            }
            reader.read(frame, offset);
            offset += frame.size();
        }
    }

    private void requireHeader(ByteBuffer bytes) {
        int written = Math.min(HEADER.length, bytes.limit());
        if (!bytes.slice(0, written).equals(ByteBuffer.wrap(HEADER, 0, written))) {
            throw new JournalDamaged(file(), 0);
        }
    }

    private void requireEnd(ByteBuffer bytes, int damaged) {
        for (int offset = damaged + 1; offset < bytes.limit(); offset++) {
            if (Frame.at(bytes, offset) != null) {
                throw new JournalDamaged(file(), damaged);
            }
        }
    }

    void delete() throws IOException {
        Files.deleteIfExists(file());
    }

    /** Takes frames with their place in the file. */
    interface Reader {
        void read(Frame frame, int offset);
    }
}
