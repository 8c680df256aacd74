package dev.tollgate.domain.apikey;

import org.jspecify.annotations.Nullable;

/**
 * A block of addresses, {@code 10.0.0.0/8} or {@code 2001:db8::/32}; a bare address is a block of one.
 *
 * <p>An IPv4 address written or received as IPv6 ({@code ::ffff:10.1.2.3}) is that IPv4 address, and a block of the one
 * family holds none of the other: {@code ::/0} is every IPv6 address and no IPv4 address.
 */
public final class Cidr {
    private final String text;
    private final IpAddress base;
    private final int prefix;

    /**
     * Reads a block.
     *
     * @throws IllegalArgumentException if the text is no address and no block; names are never resolved
     */
    public Cidr(String text) {
        int slash = text.indexOf('/');
        String host = slash < 0 ? text : text.substring(0, slash);
        IpAddress address = IpAddress.parse(host);
        int family = host.indexOf(':') < 0 ? IpAddress.IPV4_BITS : IpAddress.BITS;
        int given = slash < 0 ? family : Digits.decimal(text.substring(slash + 1), family);
        if (address == null || given < 0) {
            throw new IllegalArgumentException("not an address or block: " + text);
        }
        this.text = text;
        this.base = address;
        this.prefix = IpAddress.BITS - family + given;
    }

    /** The block as it was entered. */
    public String text() {
        return text;
    }

    /** Whether a text is an address; names are none, and are never resolved. */
    public static boolean isAddress(String text) {
        return IpAddress.parse(text) != null;
    }

    /** Whether the block holds the address a text says; what is none is in no block. An IPv6 zone is left aside. */
    public boolean containsAddress(String text) {
        int zone = text.indexOf('%');
        IpAddress asked = IpAddress.parse(zone < 0 ? text : text.substring(0, zone));
        return asked != null && contains(asked);
    }

    /** Whether the block holds this address, given in network byte order (4 or 16 bytes). */
    public boolean contains(byte[] address) {
        return contains(IpAddress.of(address));
    }

    private boolean contains(IpAddress asked) {
        boolean blockIsIpv4 = base.isIpv4() && prefix >= IpAddress.BITS - IpAddress.IPV4_BITS;
        return asked.isIpv4() == blockIsIpv4 && base.sharesBits(asked, prefix);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Cidr cidr && cidr.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
