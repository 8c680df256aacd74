package dev.tollgate.application.relay;

import dev.tollgate.application.relay.CallError.Code;
import dev.tollgate.domain.relay.RequestId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** The words callers are told; every text a caller can see of a refusal of ours stands here or in {@link Refusals}. */
final class CallErrors {
    private CallErrors() {}

    static CallError unknownKey(boolean missing) {
        return CallError.of(
                Code.INVALID_API_KEY,
                missing
                        ? "No API key was sent. Send a Tollgate key as 'Authorization: Bearer', 'x-api-key' or"
                                + " 'x-goog-api-key'."
                        : "This API key is not known here. Check it for missing characters.");
    }

    static CallError disabledKey() {
        return CallError.of(Code.INVALID_API_KEY, "This API key is disabled. Ask its owner to enable it.");
    }

    static CallError expiredKey() {
        return CallError.of(Code.INVALID_API_KEY, "This API key has expired. Ask for a new one.");
    }

    static CallError addressNotAllowed() {
        return CallError.of(Code.IP_NOT_ALLOWED, "This API key may not be used from your address.");
    }

    static CallError modelNotAllowed(String model) {
        return CallError.of(Code.MODEL_NOT_ALLOWED, "This API key may not use the model '" + shown(model) + "'.");
    }

    static CallError unknownModel(String model) {
        return new CallError(
                Code.MODEL_NOT_FOUND,
                Code.MODEL_NOT_FOUND.status(),
                "The model '" + shown(model)
                        + "' is not on the price list. GET /v1/models lists what this key may use.",
                "model",
                null);
    }

    static CallError goneReference(String reference) {
        return CallError.of(
                Code.INVALID_REQUEST,
                "'" + shown(reference) + "' is not known here: what an answer leaves behind can be built upon for "
                        + Bindings.KEPT.toDays() + " days, by the user it was made for. Send the whole conversation.");
    }

    static CallError scatteredReferences() {
        return CallError.of(
                Code.INVALID_REQUEST,
                "What this call builds upon was made by different upstream accounts; no one of them knows all of it.");
    }

    static CallError noAccount() {
        return noAccount(Candidates.RETRY_AFTER);
    }

    static CallError noAccount(Duration retryAfter) {
        return CallError.of(Code.NO_AVAILABLE_ACCOUNT, "No upstream account can serve this model now. Try again later.")
                .retryAfter(retryAfter);
    }

    /** Why no account serves a call, by how its search for a slot ended. */
    static CallError noSlot(SlotQueue.Slot slot, Candidates candidates, Instant now) {
        return switch (slot) {
            case SlotQueue.Slot.Busy busy -> accountsBusy(candidates.retryAfter(now));
            case SlotQueue.Slot.Spent spent -> accountsSpent(now);
            case SlotQueue.Slot.Taken taken -> noAccount(candidates.retryAfter(now));
            case SlotQueue.Slot.Closed closed -> noAccount(candidates.retryAfter(now));
        };
    }

    private static CallError accountsBusy(Duration retryAfter) {
        return CallError.of(
                        Code.NO_AVAILABLE_ACCOUNT,
                        "Every upstream account that serves this model has reached its limit of concurrent calls."
                                + " Try again later.")
                .retryAfter(retryAfter);
    }

    /** The budgets are of UTC days. */
    private static CallError accountsSpent(Instant now) {
        Instant tomorrow = now.truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);
        Duration left = Duration.between(now, tomorrow).plusSeconds(1);
        return CallError.of(
                        Code.NO_AVAILABLE_ACCOUNT,
                        "Every upstream account that serves this model has too little left of its daily budget. It"
                                + " resets at " + tomorrow + ".")
                .retryAfter(left.compareTo(Candidates.RETRY_AFTER_MAX) > 0 ? Candidates.RETRY_AFTER_MAX : left);
    }

    static CallError storeAway() {
        return CallError.of(Code.NO_AVAILABLE_ACCOUNT, "Tollgate cannot admit calls at the moment. Try again shortly.")
                .retryAfter(Duration.ofSeconds(1));
    }

    static CallError stopped() {
        return CallError.of(
                        Code.NO_AVAILABLE_ACCOUNT, "The gateway was stopped before the answer was complete. Try again.")
                .retryAfter(Duration.ofSeconds(1));
    }

    /** An answer that ends before its time. */
    static CallError cutOff(CallError why) {
        return new CallError(
                why.code(), why.status(), "The answer was cut off here. " + why.message(), null, why.retryAfter());
    }

    static CallError holdLost() {
        return CallError.of(
                Code.INSUFFICIENT_QUOTA, "The money held for this call was lost, and there is not enough left now.");
    }

    static CallError broken() {
        return CallError.of(Code.INTERNAL_ERROR, "The gateway failed in the middle of the answer.");
    }

    static CallError noPayer(List<String> reasons) {
        String why = reasons.isEmpty() ? "The user has no package and no credit." : String.join(" ", reasons);
        return CallError.of(Code.INSUFFICIENT_QUOTA, "Nothing can pay for this call. " + why);
    }

    static CallError unusableIdempotencyKey(int charsMax) {
        return new CallError(
                Code.INVALID_REQUEST,
                Code.INVALID_REQUEST.status(),
                "The header Idempotency-Key must have 1 to " + charsMax + " printable ASCII characters.",
                IDEMPOTENCY_KEY,
                null);
    }

    static RelayOutcome reusedIdempotencyKey(RequestId first) {
        return naming(
                first,
                new CallError(
                        Code.IDEMPOTENCY_KEY_REUSED,
                        Code.IDEMPOTENCY_KEY_REUSED.status(),
                        "This Idempotency-Key was sent with another request, " + first.text()
                                + ". Send a new key with a new request.",
                        IDEMPOTENCY_KEY,
                        null));
    }

    static RelayOutcome stillOpen(RequestId first) {
        return naming(
                first,
                conflict("The request of this Idempotency-Key, " + first.text() + ", has not ended as far as is known.")
                        .retryAfter(Duration.ofSeconds(1)));
    }

    static RelayOutcome notKept(RequestId first) {
        return naming(
                first,
                conflict("The request of this Idempotency-Key, " + first.text()
                        + ", has ended; its answer was not kept to be given again."));
    }

    private static CallError conflict(String message) {
        return new CallError(
                Code.IDEMPOTENCY_CONFLICT, Code.IDEMPOTENCY_CONFLICT.status(), message, IDEMPOTENCY_KEY, null);
    }

    private static RelayOutcome naming(RequestId first, CallError error) {
        return new RelayOutcome.Refused(error, List.of(new Header("idempotency-first-request", first.text())));
    }

    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";
    private static final int SHOWN_MAX = 100;

    /** A caller's own text, bounded, for repeating it to them. */
    private static String shown(String text) {
        return text.length() <= SHOWN_MAX ? text : text.substring(0, SHOWN_MAX) + "…";
    }
}
