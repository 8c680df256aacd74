package dev.tollgate.domain.identity;

/** Whether a user's calls need money in advance ({@code PREPAID}) or are only metered when nothing else pays. */
public enum BillingMode {
    PREPAID,
    POSTPAID;

    /** What a new user of a role has when nothing else is said. */
    public static BillingMode of(Role role) {
        return switch (role) {
            case ADMIN -> POSTPAID;
            case USER -> PREPAID;
        };
    }
}
