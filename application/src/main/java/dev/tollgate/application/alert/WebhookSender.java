package dev.tollgate.application.alert;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Posts signed messages to addresses that operators give, none of them inside our own network. */
public interface WebhookSender {
    /** Posts and waits for a few seconds at most; never throws for what the other side or the network does. */
    Sent send(Message message);

    /** @param at goes into the signature, so that a receiver can refuse what is old */
    record Message(String url, String secret, Instant at, AlertType type, long deliveryId, String body) {
        @Override
        public String toString() {
            return "Message[" + deliveryId + "]";
        }
    }

    /**
     * What came of it.
     *
     * @param status null if there was no answer
     * @param error one word, null if there was an answer
     * @param response the beginning of what was answered, at most 1 KiB
     */
    record Sent(
            @Nullable Integer status,
            @Nullable String error,
            @Nullable String response,
            long latencyMillis) {
        public boolean isTaken() {
            return status != null && status / 100 == 2;
        }
    }
}
