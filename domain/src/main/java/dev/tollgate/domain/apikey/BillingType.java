package dev.tollgate.domain.apikey;

/** Which of a user's packages a key's calls may be paid from. */
public enum BillingType {
    QUOTA,
    SUBSCRIPTION,
    ANY
}
