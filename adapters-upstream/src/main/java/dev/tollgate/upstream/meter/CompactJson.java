package dev.tollgate.upstream.meter;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.Writer;

/** A value of a JSON text without its white space, no more than {@link #CHARS_MAX} characters of it. */
final class CompactJson extends Writer {
    private static final int CHARS_MAX = 1_000_000;

    private final StringBuilder kept = new StringBuilder();

    /** The value the parser stands at, which is read to its end. */
    static String of(JsonParser parser) throws IOException {
        CompactJson written = new CompactJson();
        try (JsonGenerator generator = JsonTree.FACTORY.createGenerator(written)) {
            generator.copyCurrentStructure(parser);
        }
        return written.kept.toString();
    }

    @Override
    public void write(char[] chars, int from, int length) {
        kept.append(chars, from, Math.min(length, CHARS_MAX - kept.length()));
    }

    @Override
    public void flush() {
        // All is kept at once.
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
