package dev.tollgate.application.relay;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The head of one part of a form: its name, and whether it is a file. */
record FormHead(String name, boolean file) {
    /** What leaves the bytes as they are (RFC 7578, 4.7, forbids every other). */
    private static final Set<String> IDENTITY_CODINGS = Set.of("binary", "8bit", "7bit");

    /** A line that begins with a blank would go on with the one before for some readers. */
    private static final Pattern HEADER = Pattern.compile("([\\w-]+):([^\\p{Cntrl}]*)");

    private static final Pattern DISPOSITION = Pattern.compile("\\s*form-data\\s*(;.*)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern PARAMETER =
            Pattern.compile("\\G\\s*;\\s*([\\w*-]+)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^\\s\";]+))\\s*");
    private static final Pattern NAME = Pattern.compile("[^\\\\\\p{Cntrl}]{1,200}");

    /** A head that cannot be read; never leaves the reader. */
    static final class Unreadable extends RuntimeException {
        private final FormScan.Malformed told;

        Unreadable(String what, @Nullable String part) {
            super(what, null, false, false);
            this.told = new FormScan.Malformed(what, part);
        }

        FormScan.Malformed told() {
            return told;
        }
    }

    /** Reads the lines of a head. */
    static FormHead of(String lines) {
        @Nullable FormHead head = null;
        for (String line : lines.split("\r\n", -1)) {
            Matcher header = HEADER.matcher(line);
            if (!header.matches()) {
                throw new Unreadable("the head of a part is malformed", null);
            }
            String value = header.group(2);
            switch (header.group(1).toLowerCase(Locale.ROOT)) {
                case "content-disposition" -> {
                    if (head != null) {
                        throw new Unreadable("it has two dispositions", head.name());
                    }
                    head = ofDisposition(value);
                }
                case "content-transfer-encoding" -> requireIdentity(value);
                default -> {} // its type is for the upstream
            }
        }
        if (head == null) {
            throw new Unreadable("a part has no name", null);
        }
        return head;
    }

    private static FormHead ofDisposition(String value) {
        if (!DISPOSITION.matcher(value).matches()) {
            throw new Unreadable("a part is no form-data", null);
        }
        @Nullable String name = null;
        boolean file = false;
        int at = Math.max(0, value.indexOf(';'));
        Matcher parameters = PARAMETER.matcher(value).region(at, value.length());
        while (parameters.find()) {
            switch (parameters.group(1).toLowerCase(Locale.ROOT)) {
                case "name" -> {
                    if (name != null) {
                        throw new Unreadable("it has two names", name);
                    }
                    name = parameters.group(2) != null ? parameters.group(2) : parameters.group(3);
                }
                case "name*" -> throw new Unreadable("the name of a part is in a coding", null);
                case "filename", "filename*" -> file = true;
                default -> {} // says nothing about what it is
            }
            at = parameters.end();
        }
        if (name == null || at != value.length() || !NAME.matcher(name).matches()) {
            throw new Unreadable("a part has no name that can be read", null);
        }
        return new FormHead(name, file);
    }

    private static void requireIdentity(String coding) {
        if (!IDENTITY_CODINGS.contains(coding.strip().toLowerCase(Locale.ROOT))) {
            throw new Unreadable("a part is in a transfer coding", null);
        }
    }
}
