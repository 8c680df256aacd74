package dev.tollgate.domain.apikey;

/** Reads the small whole numbers inside addresses. */
final class Digits {
    private static final int DECIMAL_LENGTH_MAX = 3;
    private static final int HEX_LENGTH_MAX = 4;
    private static final int HEX = 16;

    private Digits() {}

    /** A decimal number from 0 to {@code max} without sign or leading zeros, -1 for anything else. */
    static int decimal(String text, int max) {
        boolean leadingZero = text.length() > 1 && text.charAt(0) == '0';
        int value = leadingZero || text.length() > DECIMAL_LENGTH_MAX ? -1 : number(text, 10);
        return value <= max ? value : -1;
    }

    /** One to four hexadecimal digits, -1 for anything else. */
    static int hexadecimal(String text) {
        return text.length() > HEX_LENGTH_MAX ? -1 : number(text, HEX);
    }

    private static int number(String text, int radix) {
        int value = text.isEmpty() ? -1 : 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int digit = c < 0x80 ? Character.digit(c, radix) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value * radix + digit;
        }
        return value;
    }
}
