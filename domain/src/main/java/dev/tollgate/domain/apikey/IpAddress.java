package dev.tollgate.domain.apikey;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An address in the 128 bits of IPv6, where IPv4 is the block {@code ::ffff:0:0/96}. */
record IpAddress(long high, long low) {
    static final int BITS = 128;
    static final int IPV4_BITS = 32;
    private static final int GROUPS = 8;
    private static final int GROUP_BITS = 16;
    private static final int IPV4_BYTES = 4;
    private static final int IPV4_LENGTH_MAX = 15;
    private static final int IPV6_LENGTH_MAX = 45;
    private static final long MAPPED = 0xFFFF_0000_0000L;
    private static final long IPV4_MASK = 0xFFFF_FFFFL;

    /** @param bytes 4 or 16, in network order */
    static IpAddress of(byte[] bytes) {
        return switch (bytes.length) {
            case IPV4_BYTES -> new IpAddress(0, MAPPED | number(bytes, 0, IPV4_BYTES));
            case BITS / Byte.SIZE ->
                new IpAddress(number(bytes, 0, Long.BYTES), number(bytes, Long.BYTES, bytes.length));
            default -> throw new IllegalArgumentException("an address has 4 or 16 bytes: " + bytes.length);
        };
    }

    /** The address a literal means; null if it is none. Zones ({@code %eth0}) and octal or short forms are none. */
    static @Nullable IpAddress parse(String text) {
        if (text.indexOf(':') < 0) {
            long ipv4 = ipv4(text);
            return ipv4 < 0 ? null : new IpAddress(0, MAPPED | ipv4);
        }
        return text.length() > IPV6_LENGTH_MAX ? null : ipv6(text);
    }

    boolean isIpv4() {
        return high == 0 && (low & ~IPV4_MASK) == MAPPED;
    }

    boolean sharesBits(IpAddress other, int bits) {
        return same(high, other.high, Math.min(bits, Long.SIZE)) && same(low, other.low, bits - Long.SIZE);
    }

    private static boolean same(long left, long right, int bits) {
        return bits <= 0 || (left ^ right) >>> (Long.SIZE - bits) == 0;
    }

    private static long number(byte[] bytes, int from, int to) {
        long value = 0;
        for (int i = from; i < to; i++) {
            value = value << Byte.SIZE | Byte.toUnsignedLong(bytes[i]);
        }
        return value;
    }

    private static long ipv4(String text) {
        String[] parts = text.length() > IPV4_LENGTH_MAX ? new String[0] : text.split("\\.", -1);
        long value = parts.length == IPV4_BYTES ? 0 : -1;
        for (int i = 0; i < parts.length && value >= 0; i++) {
            int part = Digits.decimal(parts[i], 0xFF);
            value = part < 0 ? -1 : value << Byte.SIZE | part;
        }
        return value;
    }

    private static @Nullable IpAddress ipv6(String text) {
        int gap = text.indexOf("::");
        List<Integer> front = groups(gap < 0 ? text : text.substring(0, gap), gap < 0);
        List<Integer> back = groups(gap < 0 ? "" : text.substring(gap + 2), true);
        if (front == null || back == null) {
            return null;
        }
        int missing = GROUPS - front.size() - back.size();
        if (gap < 0 ? missing != 0 : missing < 1) {
            return null;
        }
        List<Integer> all = new ArrayList<>(front);
        for (int i = 0; i < missing; i++) {
            all.add(0);
        }
        all.addAll(back);
        return new IpAddress(join(all.subList(0, GROUPS / 2)), join(all.subList(GROUPS / 2, GROUPS)));
    }

    /** The 16-bit groups of a part without {@code ::}; its end may be a dotted IPv4 address where {@code isEnd}. */
    private static @Nullable List<Integer> groups(String part, boolean isEnd) {
        List<Integer> groups = new ArrayList<>();
        String[] pieces = part.isEmpty() ? new String[0] : part.split(":", -1);
        for (int i = 0; i < pieces.length; i++) {
            boolean dotted = isEnd && i == pieces.length - 1 && pieces[i].indexOf('.') >= 0;
            long value = dotted ? ipv4(pieces[i]) : Digits.hexadecimal(pieces[i]);
            if (value < 0) {
                return null;
            }
            if (dotted) {
                groups.add((int) (value >>> GROUP_BITS));
            }
            groups.add((int) (value & 0xFFFF));
        }
        return groups;
    }

    private static long join(List<Integer> groups) {
        long joined = 0;
        for (int group : groups) {
            joined = joined << GROUP_BITS | group;
        }
        return joined;
    }
}
