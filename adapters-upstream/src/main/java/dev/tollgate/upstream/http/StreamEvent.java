package dev.tollgate.upstream.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/** One event of a stream, read in place; reused for every event. */
public final class StreamEvent {
    /** The name of an event without one. */
    public static final byte[] NO_NAME = {};

    private static final byte[] DATA = "data".getBytes(UTF_8);
    private static final byte[] EVENT = "event".getBytes(UTF_8);

    private byte[] bytes = new byte[0];
    private int nameFrom;
    private int nameTo;
    private byte[] data = new byte[0];
    private int dataFrom;
    private int dataTo;
    private boolean hasData;

    /** Reads the lines of an event; several data lines are joined, one is left where it is. */
    public void read(byte[] buffer, int from, int to) {
        bytes = buffer;
        nameFrom = 0;
        nameTo = 0;
        hasData = false;
        int line = startsWithMark(buffer, from, to) ? from + 3 : from;
        while (line < to) {
            int end = line;
            while (end < to && buffer[end] != '\n' && buffer[end] != '\r') {
                end++;
            }
            readLine(line, end);
            line = end + 1;
        }
    }

    /** Takes the parts of an event that another framing has cut already; both arrays stay the giver's. */
    public void take(byte[] name, byte[] array, int from, int to) {
        bytes = name;
        nameFrom = 0;
        nameTo = name.length;
        data = array;
        dataFrom = from;
        dataTo = to;
        hasData = true;
    }

    private static boolean startsWithMark(byte[] buffer, int from, int to) {
        return to - from >= 3
                && buffer[from] == (byte) 0xef
                && buffer[from + 1] == (byte) 0xbb
                && buffer[from + 2] == (byte) 0xbf;
    }

    private void readLine(int from, int to) {
        int colon = from;
        while (colon < to && bytes[colon] != ':') {
            colon++;
        }
        int value = Math.min(colon + 1, to);
        if (value < to && bytes[value] == ' ') {
            value++;
        }
        if (Arrays.equals(bytes, from, colon, DATA, 0, DATA.length)) {
            addData(value, to);
        } else if (Arrays.equals(bytes, from, colon, EVENT, 0, EVENT.length)) {
            nameFrom = value;
            nameTo = to;
        }
    }

    private void addData(int from, int to) {
        if (!hasData) {
            hasData = true;
            data = bytes;
            dataFrom = from;
            dataTo = to;
            return;
        }
        int before = dataTo - dataFrom;
        byte[] joined = new byte[before + 1 + to - from];
        System.arraycopy(data, dataFrom, joined, 0, before);
        joined[before] = '\n';
        System.arraycopy(bytes, from, joined, before + 1, to - from);
        data = joined;
        dataFrom = 0;
        dataTo = joined.length;
    }

    public boolean hasData() {
        return hasData;
    }

    /** The array the data lies in, from {@link #dataFrom} to {@link #dataTo}; valid until the next event. */
    public byte[] data() {
        return data;
    }

    public int dataFrom() {
        return dataFrom;
    }

    public int dataTo() {
        return dataTo;
    }

    public boolean hasName() {
        return nameTo > nameFrom;
    }

    /** The event's name; empty if it has none. */
    public String name() {
        return new String(bytes, nameFrom, nameTo - nameFrom, UTF_8);
    }

    public boolean isNamed(byte[] name) {
        return Arrays.equals(bytes, nameFrom, nameTo, name, 0, name.length);
    }

    /** Whether the last word of its name is that one. */
    public boolean isNameEnding(byte[] end) {
        int from = nameTo - end.length;
        return from >= nameFrom && Arrays.equals(bytes, from, nameTo, end, 0, end.length);
    }

    public boolean dataEquals(byte[] text) {
        return hasData && Arrays.equals(data, dataFrom, dataTo, text, 0, text.length);
    }
}
