package dev.tollgate.web.admin.entitlement;

import dev.tollgate.application.entitlement.RedeemCode;
import dev.tollgate.web.admin.Given;
import dev.tollgate.web.admin.JsonBody;

/** The outside world's name for a grant. */
final class Reference {
    private static final String FIELD = "reference";
    private static final int LENGTH_MAX = 191;

    private Reference() {}

    /** Declares the field; names that are given to redeemed codes are refused. */
    static Given<String> of(JsonBody body) {
        Given<String> reference = body.text(FIELD, LENGTH_MAX);
        if (reference.or("").startsWith(RedeemCode.REFERENCE_PREFIX)) {
            body.wrong(FIELD, "must not begin with " + RedeemCode.REFERENCE_PREFIX);
        }
        return reference;
    }
}
