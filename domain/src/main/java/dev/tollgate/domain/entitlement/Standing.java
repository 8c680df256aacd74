package dev.tollgate.domain.entitlement;

import dev.tollgate.domain.money.Money;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A package at an instant: its status and its limited windows. */
public record Standing(PackageStatus status, List<WindowStanding> windows) {
    public Standing {
        windows = List.copyOf(windows);
    }

    /** The window with the least left, if any window is limited. */
    public Optional<WindowStanding> tightest() {
        return windows.stream().min(Comparator.comparing(WindowStanding::remaining));
    }

    public Optional<WindowStanding> of(WindowKind kind) {
        return windows.stream().filter(window -> window.window().kind() == kind).findFirst();
    }

    /** Whether every limited window can carry an amount. */
    public boolean carries(Money amount) {
        return tightest()
                .map(window -> window.remaining().compareTo(amount) >= 0)
                .orElse(true);
    }
}
