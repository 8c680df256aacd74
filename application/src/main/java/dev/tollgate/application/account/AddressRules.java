package dev.tollgate.application.account;

import java.net.Inet4Address;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Which addresses accounts' calls may go to: none inside our own network, lest an account's address become a way into
 * it, unless the operator allows that for laboratories and local models.
 *
 * @param privateAllowed whether private and loopback addresses, and plain http, are allowed
 */
public record AddressRules(boolean privateAllowed) {
    /** Whether a connection may be made to a resolved address. */
    public boolean allows(InetAddress address) {
        return privateAllowed || isPublic(address);
    }

    /** Whether calls may go over plain http. */
    public boolean allowsPlainText() {
        return privateAllowed;
    }

    /** What is wrong with a URL an operator entered, as far as its text tells; null if nothing. It may have a query. */
    public @Nullable String wrongUrl(String text) {
        return BaseUrl.wrongUrl(text, this);
    }

    private static boolean isPublic(InetAddress address) {
        boolean special = address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress();
        if (special) {
            return false;
        }
        return address instanceof Inet4Address ? isPublic4(address.getAddress()) : isPublic6(address.getAddress());
    }

    private static boolean isPublic4(byte[] octets) {
        int first = octets[0] & 0xff;
        int second = octets[1] & 0xff;
        int third = octets[2] & 0xff;
        boolean shared = first == 100 && second >= 64 && second < 128;
        boolean benchmark = first == 198 && (second == 18 || second == 19);
        boolean assignments = first == 192 && second == 0 && (third == 0 || third == 2);
        boolean relays6to4 = first == 192 && second == 88 && third == 99;
        boolean examples =
                (first == 198 && second == 51 && third == 100) || (first == 203 && second == 0 && third == 113);
        return first != 0 && first < 240 && !shared && !benchmark && !assignments && !relays6to4 && !examples;
    }

    /** Only global unicast (2000::/3), without the parts that carry other addresses inside or lead nowhere. */
    private static boolean isPublic6(byte[] octets) {
        boolean globalUnicast = (octets[0] & 0xe0) == 0x20;
        boolean tunnel6to4 = octets[0] == 0x20 && octets[1] == 0x02;
        boolean special2001 = octets[0] == 0x20 && octets[1] == 0x01 && (octets[2] & 0xfe) == 0x00;
        boolean documentation =
                octets[0] == 0x20 && octets[1] == 0x01 && octets[2] == 0x0d && (octets[3] & 0xff) == 0xb8;
        return globalUnicast && !tunnel6to4 && !special2001 && !documentation;
    }
}
