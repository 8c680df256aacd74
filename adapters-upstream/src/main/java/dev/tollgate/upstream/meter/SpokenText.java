package dev.tollgate.upstream.meter;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The words of an answer, gathered from its JSON without parsing it into values: the strings under the names that carry
 * content. Only used to count tokens where the upstream does not, so it keeps {@link #KEPT_MAX} bytes at most.
 */
public final class SpokenText {
    private static final int KEPT_MAX = 1024 * 1024;
    private static final Set<String> NAMES = Set.of(
            "content",
            "text",
            "refusal",
            "reasoning",
            "reasoning_content",
            "thinking",
            "arguments",
            "partial_json",
            "transcript");
    private static final int NAME_LENGTH_MAX = 17;

    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final AtomicLong bytes = new AtomicLong();

    /** Reads one JSON text. */
    public void read(byte[] json, int from, int to) {
        int at = from;
        while (at < to) {
            if (json[at] != '"') {
                at++;
                continue;
            }
            int close = closingQuote(json, at + 1, to);
            int next = skipSpace(json, close + 1, to);
            if (next >= to || json[next] != ':' || !isContent(json, at + 1, close)) {
                at = close + 1;
                continue;
            }
            int value = skipSpace(json, next + 1, to);
            if (value < to && json[value] == '"') {
                int end = closingQuote(json, value + 1, to);
                keep(json, value + 1, Math.min(end, to));
                at = end + 1;
            } else {
                at = value;
            }
        }
    }

    private static int closingQuote(byte[] json, int from, int to) {
        int at = from;
        while (at < to && json[at] != '"') {
            at += json[at] == '\\' ? 2 : 1;
        }
        return at;
    }

    private static int skipSpace(byte[] json, int from, int to) {
        int at = from;
        while (at < to && (json[at] == ' ' || json[at] == '\n' || json[at] == '\r' || json[at] == '\t')) {
            at++;
        }
        return at;
    }

    private static boolean isContent(byte[] json, int from, int to) {
        int length = to - from;
        if (length < 4 || length > NAME_LENGTH_MAX) {
            return false;
        }
        return NAMES.contains(new String(json, from, length, UTF_8));
    }

    private void keep(byte[] json, int from, int to) {
        if (to <= from) {
            return;
        }
        bytes.lazySet(bytes.get() + to - from);
        int room = KEPT_MAX - kept.size();
        kept.write(json, from, Math.min(to - from, room));
    }

    /** The length of all there was, escapes not undone; any thread may ask. */
    public long bytes() {
        return bytes.get();
    }

    /** What was kept, escapes not undone. */
    String kept() {
        return kept.toString(UTF_8);
    }

    /** Bytes that were not kept. */
    long beyond() {
        return bytes.get() - kept.size();
    }
}
