package dev.tollgate.application.identity;

import org.jspecify.annotations.Nullable;

/** The database cannot be asked now; nothing was changed, or it is not known whether it was. */
public final class StoreUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1;

    public StoreUnavailable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
