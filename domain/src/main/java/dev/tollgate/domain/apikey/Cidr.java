package dev.tollgate.domain.apikey;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** A block of addresses, {@code 10.0.0.0/8} or {@code 2001:db8::/32}; a bare address is a block of one. */
public record Cidr(String text) {
    public Cidr {
        parse(text);
    }

    /** Whether the block holds this address, given in network byte order (4 or 16 bytes). */
    public boolean contains(byte[] address) {
        Block block = parse(text);
        if (block.base.length != address.length) {
            return false;
        }
        for (int bit = 0; bit < block.prefix; bit++) {
            int mask = 0x80 >> (bit % 8);
            if ((block.base[bit / 8] & mask) != (address[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Block(byte[] base, int prefix) {}

    private static Block parse(String text) {
        int slash = text.indexOf('/');
        String host = slash < 0 ? text : text.substring(0, slash);
        if (!host.matches("[0-9a-fA-F:.]+") || (host.indexOf(':') < 0 && !host.matches("\\d+\\.\\d+\\.\\d+\\.\\d+"))) {
            throw new IllegalArgumentException("not an address block: " + text);
        }
        try {
            byte[] base = InetAddress.getByName(host).getAddress();
            int prefix = slash < 0 ? base.length * 8 : Integer.parseInt(text.substring(slash + 1));
            if (prefix < 0 || prefix > base.length * 8) {
                throw new IllegalArgumentException("not an address block: " + text);
            }
            return new Block(base, prefix);
        } catch (UnknownHostException | NumberFormatException e) {
            throw new IllegalArgumentException("not an address block: " + text, e);
        }
    }
}
