package dev.tollgate.bootstrap.settings;

import dev.tollgate.application.identity.Durations;
import dev.tollgate.domain.apikey.Cidr;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Stream;

/** The kinds of value a setting can have. */
enum Kind {
    TEXT("a text"),
    SECRET("a text"),
    HOST("a host name or an address"),
    PORT("a port from 1 to 65535, or -1 for any that is free"),
    FOLDER("a folder's path without ';'"),
    NAME("1 to 64 letters, digits, dots, dashes or underscores"),
    MYSQL_URL("a JDBC URL that begins with jdbc:mysql://"),
    REDIS_URI("a URI that begins with redis:// or redis-cluster://"),
    KEY("32 random bytes in base64, as 'openssl rand -base64 32' prints them"),
    PASSWORD("8 to 200 characters"),
    BOOLEAN("true or false"),
    DURATION("a whole number of ms, s, m, h or d, such as 5m"),
    PAUSE("a whole number of ms, s, m, h or d, such as 15ms"),
    COUNT("a whole number from 1 to 1024"),
    AMOUNT("a whole number from 1 to 100000000"),
    SIZE("a number of bytes such as 500KB or 32MB"),
    FSYNC("interval or before_release"),
    ZONE("a time zone such as UTC or Asia/Shanghai"),
    ORIGINS("origins such as https://app.example.com, with commas between them"),
    ADDRESS_BLOCKS("address blocks such as 10.0.0.0/8, with commas between them");

    private static final int PORT_MAX = 65_535;
    private static final int COUNT_MAX = 1024;
    private static final int AMOUNT_MAX = 100_000_000;
    private static final int PASSWORD_MIN = 8;
    private static final int PASSWORD_MAX = 200;
    private static final int KEY_BYTES = 32;
    private static final int KEY_DIFFERENT_BYTES_MIN = KEY_BYTES / 2;

    private final String words;

    Kind(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    boolean takes(String value) {
        return switch (this) {
            case TEXT, SECRET -> true;
            case HOST -> isHost(value);
            case PORT -> isPort(value);
            case FOLDER -> value.indexOf(';') < 0;
            case NAME -> value.matches("[A-Za-z0-9._-]{1,64}");
            case REDIS_URI -> value.matches("redis(-cluster)?://\\S+");
            case MYSQL_URL -> value.startsWith("jdbc:mysql://");
            case KEY -> isKey(value);
            case PASSWORD -> value.length() >= PASSWORD_MIN && value.length() <= PASSWORD_MAX;
            case BOOLEAN -> value.equals("true") || value.equals("false");
            case DURATION -> isDuration(value);
            case PAUSE -> Durations.isReadable(value);
            case COUNT -> isBetween(value, 1, COUNT_MAX);
            case AMOUNT -> isBetween(value, 1, AMOUNT_MAX);
            case SIZE -> value.matches("[1-9]\\d{0,5}(KB|MB)");
            case FSYNC -> value.equals("interval") || value.equals("before_release");
            case ZONE -> isZone(value);
            case ORIGINS -> areOrigins(value);
            case ADDRESS_BLOCKS -> areBlocks(value);
        };
    }

    boolean isSecret() {
        return this == SECRET || this == KEY || this == PASSWORD || this == REDIS_URI || this == MYSQL_URL;
    }

    private static boolean isHost(String text) {
        return text.matches("[A-Za-z0-9.-]{1,253}") || text.matches("[0-9A-Fa-f:.%]{2,64}");
    }

    private static boolean isPort(String text) {
        return text.equals("-1") || isBetween(text, 1, PORT_MAX);
    }

    private static boolean isBetween(String text, int least, int most) {
        return text.matches("\\d{1,9}") && Integer.parseInt(text) >= least && Integer.parseInt(text) <= most;
    }

    /** Random bytes hardly ever repeat; a key typed by hand or copied from an example does. */
    private static boolean isKey(String text) {
        try {
            byte[] key = Base64.getDecoder().decode(text);
            String different = new String(key, StandardCharsets.ISO_8859_1);
            return key.length == KEY_BYTES && different.chars().distinct().count() >= KEY_DIFFERENT_BYTES_MIN;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isDuration(String text) {
        return Durations.isReadable(text) && Durations.of(text).isPositive();
    }

    private static boolean isZone(String text) {
        try {
            return !ZoneId.of(text).getId().isEmpty();
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static boolean areOrigins(String text) {
        return parts(text).allMatch(Kind::isOrigin);
    }

    private static boolean isOrigin(String text) {
        try {
            URI origin = URI.create(text);
            boolean isWeb = "http".equals(origin.getScheme()) || "https".equals(origin.getScheme());
            return isWeb && origin.getHost() != null && text.equals(origin.getScheme() + "://" + origin.getAuthority());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean areBlocks(String text) {
        return parts(text).allMatch(Kind::isBlock);
    }

    private static boolean isBlock(String text) {
        try {
            return !new Cidr(text).toString().isEmpty();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static Stream<String> parts(String text) {
        return Arrays.stream(text.split(",", -1)).map(String::strip);
    }
}
