package dev.tollgate.application.usage;

import dev.tollgate.application.usage.UsageLedger.Used;
import dev.tollgate.domain.entitlement.WindowKey;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.Subject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What a window should have been used for, and what it is said to have been. */
record WindowGap(Subject subject, WindowKey window, Used expected, Used actual) {
    static final Used NOTHING = new Used(0, Money.ZERO);

    /** Every window of either side, equal or not. */
    static List<WindowGap> between(
            Map<Subject, Map<WindowKey, Used>> expected, Map<Subject, Map<WindowKey, Used>> actual) {
        List<WindowGap> gaps = new ArrayList<>();
        Set<Subject> subjects = new HashSet<>(expected.keySet());
        subjects.addAll(actual.keySet());
        for (Subject subject : subjects) {
            Map<WindowKey, Used> wanted = expected.getOrDefault(subject, Map.of());
            Map<WindowKey, Used> found = actual.getOrDefault(subject, Map.of());
            Set<WindowKey> windows = new HashSet<>(wanted.keySet());
            windows.addAll(found.keySet());
            windows.forEach(window -> gaps.add(new WindowGap(
                    subject, window, wanted.getOrDefault(window, NOTHING), found.getOrDefault(window, NOTHING))));
        }
        return gaps;
    }

    boolean isOpen() {
        return !expected.equals(actual);
    }

    /** What has to be added to what is there; negative where that is too much. */
    Used missing() {
        return new Used(
                Math.subtractExact(expected.requests(), actual.requests()),
                expected.cost().minus(actual.cost()));
    }

    String name() {
        return name(subject, window);
    }

    static String name(Subject subject, WindowKey window) {
        return (subject.kind() + " " + subject.id() + " " + window.kind() + " ").toLowerCase(Locale.ROOT)
                + window.startEpochSecond();
    }
}
