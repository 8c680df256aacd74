package dev.tollgate.application.relay;

/** One header line; names are compared without case. */
public record Header(String name, String value) {
    public boolean isNamed(String other) {
        return name.equalsIgnoreCase(other);
    }
}
