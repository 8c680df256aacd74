package dev.tollgate.persistence.codec;

import dev.tollgate.domain.entitlement.WindowKey;
import dev.tollgate.domain.entitlement.WindowKind;
import dev.tollgate.domain.relay.Subject;
import dev.tollgate.domain.relay.SubjectKind;
import dev.tollgate.domain.relay.SubjectWindows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A call's windows in one line: {@code package:15=day:1763683200,total:0;user:7=total:0}. */
public final class WindowsText {
    private WindowsText() {}

    public static String write(List<SubjectWindows> windows) {
        return windows.stream()
                .map(of -> named(of.subject()) + "="
                        + of.windows().stream().map(WindowsText::named).collect(Collectors.joining(",")))
                .collect(Collectors.joining(";"));
    }

    /** @throws IllegalArgumentException if {@link #write} cannot have written it */
    public static List<SubjectWindows> read(String text) {
        List<SubjectWindows> windows = new ArrayList<>();
        for (String part : text.isEmpty() ? new String[0] : text.split(";", -1)) {
            int equals = part.indexOf('=');
            String keys = part.substring(equals + 1);
            windows.add(new SubjectWindows(
                    subject(part.substring(0, equals)),
                    keys.isEmpty()
                            ? List.of()
                            : Arrays.stream(keys.split(",", -1))
                                    .map(WindowsText::window)
                                    .toList()));
        }
        return windows;
    }

    /** A kind as columns and texts name it: in lower case. */
    public static String named(Enum<?> kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    public static String named(Subject subject) {
        return named(subject.kind()) + ":" + subject.id();
    }

    public static String named(WindowKey key) {
        return named(key.kind()) + ":" + key.startEpochSecond();
    }

    /** Reads a subject as {@link #named(Subject)} wrote it. */
    public static Subject subject(String text) {
        int colon = text.indexOf(':');
        SubjectKind kind = SubjectKind.valueOf(text.substring(0, colon).toUpperCase(Locale.ROOT));
        return new Subject(kind, Long.parseLong(text.substring(colon + 1)));
    }

    /** Reads a window as {@link #named(WindowKey)} wrote it. */
    public static WindowKey window(String text) {
        int colon = text.indexOf(':');
        WindowKind kind = WindowKind.valueOf(text.substring(0, colon).toUpperCase(Locale.ROOT));
        return new WindowKey(kind, Long.parseLong(text.substring(colon + 1)));
    }
}
