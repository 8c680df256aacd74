package dev.tollgate.application.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a form ({@code multipart/form-data}, RFC 7578) as places in its bytes, so that an upload is understood
 * and spliced without being copied.
 *
 * <p>What two readers could take differently is refused: a field that stands twice, unless its name ends in
 * {@code []}, a name in another coding, a part in a transfer coding.
 */
public final class FormParts implements FormScan {
    /**
     * One part: its content are the bytes from {@code start} up to and without {@code end}.
     *
     * @param file whether it came with a file's name
     */
    public record Part(String name, boolean file, int start, int end) {
        public int length() {
            return end - start;
        }
    }

    private final byte[] form;
    private final List<Part> parts;

    FormParts(byte[] form, List<Part> parts) {
        this.form = form;
        this.parts = List.copyOf(parts);
    }

    /** Whether a body of this type is a form. */
    public static boolean isForm(@Nullable String contentType) {
        return contentType != null && FormBoundary.isForm(contentType);
    }

    /**
     * Reads the bytes as a form; they are kept, not copied.
     *
     * @param contentType with the boundary
     */
    public static FormScan scan(byte[] form, String contentType) {
        String boundary = FormBoundary.of(contentType);
        return boundary == null
                ? new Malformed("the content type names no boundary", null)
                : new FormReader(form, boundary).read();
    }

    /** The form a body is, null if it is none. */
    public static @Nullable FormParts of(CallBody body) {
        boolean isForm = FormBoundary.isForm(body.contentType());
        return isForm && scan(body.bytes(), body.contentType()) instanceof FormParts parts ? parts : null;
    }

    /** Every part, in the order they stand. */
    public List<Part> parts() {
        return parts;
    }

    /** The files, in the order they stand. */
    public List<Part> files() {
        return parts.stream().filter(Part::file).toList();
    }

    /** The field of that name, null if there is none; a file is none. */
    public @Nullable Part field(String name) {
        return parts.stream()
                .filter(part -> !part.file() && part.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** The field's text, null if there is none. */
    public @Nullable String text(String name) {
        Part part = field(name);
        return part == null ? null : new String(form, part.start(), part.length(), UTF_8);
    }

    /** The form with another text in place of a field's, every other byte as it is; the very same bytes without it. */
    public byte[] with(String name, String text) {
        Part part = field(name);
        if (part == null) {
            return form;
        }
        byte[] value = text.getBytes(UTF_8);
        byte[] changed = Arrays.copyOf(form, form.length - part.length() + value.length);
        System.arraycopy(value, 0, changed, part.start(), value.length);
        System.arraycopy(form, part.end(), changed, part.start() + value.length, form.length - part.end());
        return changed;
    }
}
