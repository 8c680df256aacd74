package dev.tollgate.application.relay;

import dev.tollgate.domain.account.AccountId;
import org.jspecify.annotations.Nullable;

/** Use case: find out whether an account works, by a real call of one output token that nobody is charged for. */
public interface TestAccount {
    /** Sends the call to the account whatever its health; the outcome counts for its health like any other's. */
    Result test(AccountId account, String model);

    /** What became of a test. */
    sealed interface Result {
        /**
         * The call was sent.
         *
         * @param httpStatus the upstream's, null when no answer came
         * @param model as it was sent
         * @param error the upstream's words, null if it answered well
         */
        record Tried(
                boolean ok,
                @Nullable Integer httpStatus,
                long latencyMillis,
                String model,
                @Nullable String error) implements Result {}

        record NoSuchAccount() implements Result {}

        /** Nothing can be sent with accounts of this type. */
        record CannotBeSent(String type) implements Result {}
    }
}
