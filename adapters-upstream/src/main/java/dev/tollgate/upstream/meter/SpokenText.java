package dev.tollgate.upstream.meter;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The words of an answer, gathered from its JSON without parsing it into values: the strings under the names that carry
 * content. Only used to count tokens where the upstream does not, so it keeps {@link #KEPT_MAX} bytes at most.
 */
public final class SpokenText {
    private static final int KEPT_MAX = 1024 * 1024;
    private static final byte[][] CONTENT = names(
            "content",
            "text",
            "refusal",
            "reasoning",
            "reasoning_content",
            "thinking",
            "arguments",
            "partial_json",
            "transcript",
            "delta");
    private static final byte[][] OPENING = names("function", "toolUse");
    private static final byte[][] OPENING_TYPES = names("tool_use", "server_tool_use", "function_call");
    private static final byte[] TYPE = "type".getBytes(UTF_8);
    private static final byte[] NAME = "name".getBytes(UTF_8);
    private static final byte[] INPUT = "input".getBytes(UTF_8);

    private final byte[][] watched;
    private final Words kept = new Words();
    private final Words asides = new Words();
    private final AtomicLong bytes = new AtomicLong();
    private boolean callOpened;
    private boolean callNamed;
    private int calls;

    /** @param watched the names of members that are looked out for on the way */
    public SpokenText(String... watched) {
        this.watched = names(watched);
    }

    private static byte[][] names(String... names) {
        return Arrays.stream(names).map(name -> name.getBytes(UTF_8)).toArray(byte[][]::new);
    }

    /** Reads one JSON text; tells whether a watched member that is not null stands in it, at any depth. */
    public boolean read(byte[] json, int from, int to) {
        boolean seen = false;
        int at = from;
        while (at < to) {
            if (json[at] != '"') {
                at++;
                continue;
            }
            int close = closingQuote(json, at + 1, to);
            int colon = skipSpace(json, close + 1, to);
            if (colon >= to || json[colon] != ':') {
                at = close + 1;
                continue;
            }
            int value = skipSpace(json, colon + 1, to);
            boolean text = value < to && json[value] == '"';
            if (text && isOneOf(CONTENT, json, at + 1, close)) {
                int end = closingQuote(json, value + 1, to);
                keep(json, value + 1, Math.min(end, to));
                value = end + 1;
            } else if (isOfACall(json, at + 1, close, value, to)) {
                value = aside(json, value, to);
            } else if (!seen && value < to && json[value] != 'n') {
                seen = isOneOf(watched, json, at + 1, close);
            }
            at = value;
        }
        return seen;
    }

    /** Takes note of a call's beginning; tells whether a member is the name of what is called, or its structured input. */
    private boolean isOfACall(byte[] json, int from, int close, int value, int to) {
        boolean text = value < to && json[value] == '"';
        boolean type = text && is(TYPE, json, from, close);
        if (isOneOf(OPENING, json, from, close)
                || (type && isOneOf(OPENING_TYPES, json, value + 1, closingQuote(json, value + 1, to)))) {
            callOpened = true;
            return false;
        }
        if (text && callOpened && is(NAME, json, from, close)) {
            callOpened = false;
            callNamed = true;
            calls++;
            return true;
        }
        boolean input = callNamed && value < to && json[value] == '{' && is(INPUT, json, from, close);
        callNamed &= !input;
        return input;
    }

    /** Keeps a value as it stands, beside the words; tells where it ends. */
    private int aside(byte[] json, int value, int to) {
        int end = end(json, value, to);
        int room = Math.max(0, KEPT_MAX - asides.size());
        asides.write(json, value, Math.min(end - value, room));
        return end;
    }

    private static int end(byte[] json, int value, int to) {
        int depth = 0;
        int at = value;
        do {
            switch (json[at]) {
                case '"' -> at = closingQuote(json, at + 1, to);
                case '{' -> depth++;
                case '}' -> depth--;
                default -> {}
            }
            at++;
        } while (depth > 0 && at < to);
        return Math.min(at, to);
    }

    private static boolean isOneOf(byte[][] names, byte[] json, int from, int to) {
        for (byte[] name : names) {
            if (is(name, json, from, to)) {
                return true;
            }
        }
        return false;
    }

    private static boolean is(byte[] name, byte[] json, int from, int to) {
        return name.length == to - from && name[0] == json[from] && Arrays.equals(name, 0, name.length, json, from, to);
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

    /** Takes the text between a string's quotes, found by a reader that knows the answer's form better. */
    public void add(byte[] json, int from, int to) {
        keep(json, from, to);
    }

    private void keep(byte[] json, int from, int to) {
        if (to <= from) {
            return;
        }
        bytes.lazySet(bytes.get() + to - from);
        int room = KEPT_MAX - kept.size();
        kept.write(json, from, Math.min(to - from, room));
    }

    /** Takes note of a call whose name and arguments are words like any others. */
    public void addCall() {
        calls++;
    }

    /** How many tools were called. */
    int calls() {
        return calls;
    }

    /** Names of called tools and their structured input, as they stood. */
    String asides() {
        return asides.toString(UTF_8);
    }

    /** The length of the words that are kept, and of what stands beside them; any thread may ask. */
    int keptBytes() {
        return kept.size();
    }

    int asideBytes() {
        return asides.size();
    }

    /** Some of the words, as they stand between two places; any thread may ask. */
    String kept(int from, int to) {
        return kept.between(from, to);
    }

    String asides(int from, int to) {
        return asides.between(from, to);
    }

    /** Words there is no room for, as far as any thread can tell. */
    long tooMany() {
        return Math.max(0, bytes.get() - KEPT_MAX);
    }

    /** The length of all there was, escapes not undone; any thread may ask. */
    public long bytes() {
        return bytes.get();
    }

    /** What was kept, escapes not undone. */
    String kept() {
        return kept.toString(UTF_8);
    }

    /** Words that grow on one thread and are read on others. */
    private static final class Words extends ByteArrayOutputStream {
        synchronized String between(int from, int to) {
            return new String(buf, from, to - from, UTF_8);
        }
    }

    /** Bytes that were not kept. */
    long beyond() {
        return bytes.get() - kept.size();
    }
}
