package dev.tollgate.domain.identity;

/** Whether a user's calls need money in advance ({@code PREPAID}) or are only metered when nothing else pays. */
public enum BillingMode {
    PREPAID,
    POSTPAID
}
