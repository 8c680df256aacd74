package dev.tollgate.upstream.openai;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tollgate.application.relay.CallBody;
import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The fields of a multipart form (RFC 7578) as places in its bytes; files are passed over. */
final class FormFields {
    private static final Pattern BOUNDARY = Pattern.compile("(?i)boundary=(?:\"([^\"]{1,200})\"|([^;\\s]{1,200}))");
    private static final Pattern NAME = Pattern.compile("(?i)[;\\s]name=(?:\"([^\"]*)\"|([^;\\s]+))");
    private static final byte[] HEAD_END = {'\r', '\n', '\r', '\n'};
    private static final int PARTS_MAX = 1000;
    private static final int HEAD_BYTES_MAX = 8192;

    private final byte[] body;
    private final Map<String, Place> fields = new LinkedHashMap<>();

    /** A value's bytes. */
    private record Place(int from, int to) {}

    private FormFields(byte[] body) {
        this.body = body;
    }

    /** Null if the body is no form. */
    static @Nullable FormFields of(CallBody body) {
        if (!body.contentType().toLowerCase(Locale.ROOT).startsWith("multipart/form-data")) {
            return null;
        }
        FormFields form = new FormFields(body.bytes());
        Matcher boundary = BOUNDARY.matcher(body.contentType());
        if (boundary.find()) {
            form.read(boundary.group(1) == null ? boundary.group(2) : boundary.group(1));
        }
        return form;
    }

    private void read(String boundary) {
        byte[] first = ("--" + boundary).getBytes(ISO_8859_1);
        byte[] next = ("\r\n--" + boundary).getBytes(ISO_8859_1);
        int delimiter = indexOf(first, 0, body.length);
        int head = delimiter < 0 ? -1 : delimiter + first.length;
        for (int part = 0; head >= 0 && part < PARTS_MAX; part++) {
            int headEnd = indexOf(HEAD_END, head, Math.min(body.length, head + HEAD_BYTES_MAX));
            int end = headEnd < 0 ? -1 : indexOf(next, headEnd + 2, body.length);
            if (end < 0) {
                return;
            }
            int value = Math.min(headEnd + HEAD_END.length, end);
            note(new String(body, head, headEnd - head, UTF_8), new Place(value, end));
            head = end + next.length;
        }
    }

    private void note(String head, Place value) {
        Matcher name = NAME.matcher(head);
        if (!head.toLowerCase(Locale.ROOT).contains("filename") && name.find()) {
            fields.putIfAbsent(name.group(1) == null ? name.group(2) : name.group(1), value);
        }
    }

    private int indexOf(byte[] sought, int from, int to) {
        for (int at = from; at <= to - sought.length; at++) {
            int same = 0;
            while (same < sought.length && body[at + same] == sought[same]) {
                same++;
            }
            if (same == sought.length) {
                return at;
            }
        }
        return -1;
    }

    /** A field's value, null if there is none. */
    @Nullable
    String text(String name) {
        Place place = fields.get(name);
        return place == null ? null : new String(body, place.from(), place.to() - place.from(), UTF_8);
    }

    /** The form with another value in a field it has; the very same bytes if it has none of that name. */
    byte[] with(String name, String value) {
        Place place = fields.get(name);
        if (place == null) {
            return body;
        }
        ByteArrayOutputStream changed = new ByteArrayOutputStream(body.length + value.length());
        changed.write(body, 0, place.from());
        changed.writeBytes(value.getBytes(UTF_8));
        changed.write(body, place.to(), body.length - place.to());
        return changed.toByteArray();
    }
}
