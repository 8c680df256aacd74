package dev.tollgate.bootstrap.settings;

import java.util.List;

/** The gateway cannot start, or a command cannot run, for reasons an operator can remove; each is one line. */
public class StartRefused extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<String> reasons;

    public StartRefused(List<String> reasons) {
        super(String.join("; ", reasons));
        this.reasons = List.copyOf(reasons);
    }

    public StartRefused(String reason) {
        this(List.of(reason));
    }

    public StartRefused(String reason, Throwable cause) {
        super(reason, cause);
        this.reasons = List.of(reason);
    }

    public List<String> reasons() {
        return reasons;
    }
}
