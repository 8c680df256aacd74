package dev.tollgate.application.entitlement;

import dev.tollgate.application.entitlement.RedeemCode.Use;
import dev.tollgate.domain.identity.UserId;
import java.time.Duration;

/** Turns a code into what it gives, once. */
public interface Redeem {
    /** @param typed the code as the user typed it */
    Redeemed redeem(UserId user, String typed);

    /** What became of it. */
    sealed interface Redeemed {
        record Credited(RedeemCode code, CreditEntry entry) implements Redeemed {}

        record Assigned(RedeemCode code, HeldPackage held) implements Redeemed {}

        record Unknown() implements Redeemed {}

        record Used(Use use) implements Redeemed {}

        record Expired() implements Redeemed {}

        record Disabled() implements Redeemed {}

        /** The package it gives does not exist any more. */
        record PackageGone() implements Redeemed {}

        /** The user's credit would leave its range. */
        record TooMuch() implements Redeemed {}

        /** The user tried too many codes that do not exist. */
        record TooMany(Duration retryAfter) implements Redeemed {}
    }
}
