package dev.tollgate.application.alert;

import dev.tollgate.application.identity.FieldError;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Use case: keep the webhooks, and see how deliveries to them went. */
public interface ManageWebhooks {
    /** The most there can be; each is a line of its own when alerts are delivered. */
    int WEBHOOKS_MAX = 50;

    List<Webhook> all();

    Optional<Webhook> find(WebhookId id);

    /** @param secret null: one is made up */
    Outcome create(Form form, @Nullable String secret);

    /** @param secret what the secret is to become */
    Outcome change(WebhookId id, UnaryOperator<Form> change, NewSecret secret);

    boolean remove(WebhookId id);

    /** Sends a webhook an event that means nothing, now or when it is its turn; empty if there is no such webhook. */
    Optional<Alert> test(WebhookId id);

    /** A webhook's attempts newest first, only those older than a given id unless that is null. */
    List<DeliveryAttempt> attempts(WebhookId id, @Nullable Long before, int limit);

    /** What reads may show of the secret: {@code ••••1234}. */
    String masked(Webhook webhook);

    /** What an operator sets, besides the secret. */
    record Form(@Nullable String name, String url, Set<String> events, boolean enabled) {
        public Form {
            events = Set.copyOf(events);
        }
    }

    /** What becomes of a secret in an edit. */
    sealed interface NewSecret {
        record Same() implements NewSecret {}

        record MadeUp() implements NewSecret {}

        record Given(String secret) implements NewSecret {
            @Override
            public String toString() {
                return "Given[]";
            }
        }
    }

    /** What came of a change. */
    sealed interface Outcome {
        /** @param madeUp the secret if it was made up: to be shown now and never again */
        record Done(Webhook webhook, @Nullable String madeUp) implements Outcome {
            @Override
            public String toString() {
                return "Done[" + webhook + "]";
            }
        }

        record Invalid(List<FieldError> errors) implements Outcome {}

        record NoSuchWebhook() implements Outcome {}
    }
}
