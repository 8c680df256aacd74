package dev.tollgate.application.relay;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tollgate.application.relay.FormParts.Part;
import java.util.ArrayList;
import java.util.List;

/** Finds the parts of a form, strictly: line ends are CRLF, nothing stands before the first boundary. */
final class FormReader {
    private static final byte[] LINE_END = "\r\n".getBytes(US_ASCII);
    private static final byte[] HEAD_END = "\r\n\r\n".getBytes(US_ASCII);
    private static final byte[] LAST = "--".getBytes(US_ASCII);

    private final byte[] form;
    private final byte[] opening;
    private final byte[] delimiter;
    private final List<Part> parts = new ArrayList<>();

    FormReader(byte[] form, String boundary) {
        this.form = form;
        this.opening = ("--" + boundary).getBytes(US_ASCII);
        this.delimiter = ("\r\n--" + boundary).getBytes(US_ASCII);
    }

    FormScan read() {
        if (!startsWith(opening, 0)) {
            return malformed("it does not begin with the boundary its content type names");
        }
        try {
            int at = opening.length;
            while (!startsWith(LAST, at)) {
                if (parts.size() >= FormScan.PARTS_MAX) {
                    return malformed("it has more than " + FormScan.PARTS_MAX + " parts");
                }
                at = part(at);
            }
            return new FormParts(form, parts);
        } catch (FormHead.Unreadable unreadable) {
            return unreadable.told();
        }
    }

    /** Reads the part whose boundary ends at an offset. @return where the boundary after it ends */
    private int part(int boundaryEnd) {
        if (!startsWith(LINE_END, boundaryEnd)) {
            throw new FormHead.Unreadable("a boundary is not followed by a line's end", null);
        }
        int headStart = boundaryEnd + LINE_END.length;
        int headEnd = find(HEAD_END, headStart, Math.min(form.length, headStart + FormScan.HEAD_BYTES_MAX));
        if (headEnd < 0) {
            throw new FormHead.Unreadable("the head of a part has no end or is too long", null);
        }
        FormHead head = FormHead.of(new String(form, headStart, headEnd - headStart, UTF_8));
        int start = headEnd + HEAD_END.length;
        int end = find(delimiter, start, form.length);
        if (end < 0 || startsWith(opening, start)) {
            throw new FormHead.Unreadable("no boundary ends it", head.name());
        }
        requireOnce(head);
        parts.add(new Part(head.name(), head.file(), start, end));
        return end + delimiter.length;
    }

    private void requireOnce(FormHead head) {
        boolean isList = head.name().endsWith("[]");
        for (Part earlier : parts) {
            boolean isSame = earlier.name().equals(head.name());
            if (isSame && !isList && !(earlier.file() && head.file())) {
                throw new FormHead.Unreadable("it stands twice", head.name());
            }
        }
    }

    private boolean startsWith(byte[] bytes, int at) {
        if (at + bytes.length > form.length) {
            return false;
        }
        return java.util.Arrays.equals(form, at, at + bytes.length, bytes, 0, bytes.length);
    }

    private int find(byte[] bytes, int from, int to) {
        for (int at = from; at <= to - bytes.length; at++) {
            if (form[at] == bytes[0] && startsWith(bytes, at)) {
                return at;
            }
        }
        return -1;
    }

    private static FormScan.Malformed malformed(String what) {
        return new FormScan.Malformed(what, null);
    }
}
