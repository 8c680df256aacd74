package dev.tollgate.web.admin;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A field of a JSON body: left out, null, or with a value. Meant to be read after {@link JsonBody#check()}. */
public final class Given<T> {
    private final boolean given;
    private final @Nullable T value;
    private final Consumer<String> wrong;

    Given(boolean given, @Nullable T value, Consumer<String> wrong) {
        this.given = given;
        this.value = value;
        this.wrong = wrong;
    }

    /** Makes it an error to leave the field out or null. */
    public Given<T> required() {
        if (!given) {
            wrong.accept("is required");
        }
        return notNull();
    }

    /** Makes it an error for the field to be null; it may be left out. */
    public Given<T> notNull() {
        if (given && value == null) {
            wrong.accept("must not be null");
        }
        return this;
    }

    /** Required when something is created, not null when it is edited. */
    public Given<T> requiredIf(boolean creating) {
        return creating ? required() : notNull();
    }

    public boolean isGiven() {
        return given;
    }

    /** The value of a required field. */
    public T value() {
        if (value == null) {
            throw new IllegalStateException("a field was read that was not checked to be there");
        }
        return value;
    }

    /** The value; what holds now if left out or null. */
    public T or(T current) {
        return value == null ? current : value;
    }

    /** The value; what holds now if left out; what null means if null. */
    public T or(T current, T whenNull) {
        if (!given) {
            return current;
        }
        return value == null ? whenNull : value;
    }

    /** The value, or null; what holds now if left out. */
    public @Nullable T orNull(@Nullable T current) {
        return given ? value : current;
    }
}
