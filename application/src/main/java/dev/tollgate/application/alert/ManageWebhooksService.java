package dev.tollgate.application.alert;

import dev.tollgate.application.account.AddressRules;
import dev.tollgate.application.account.Credentials;
import dev.tollgate.application.identity.FieldError;
import dev.tollgate.application.identity.Ids;
import dev.tollgate.application.identity.Vault;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Keeps the webhooks. */
public final class ManageWebhooksService implements ManageWebhooks {
    private static final int SECRET_LENGTH_MIN = 16;
    private static final Duration TEST_KEPT = Duration.ofDays(30);

    private final Webhooks webhooks;
    private final Deliveries deliveries;
    private final AlertOutbox outbox;
    private final AddressRules addresses;
    private final Vault vault;
    private final Supplier<String> secrets;
    private final Ids ids;
    private final InstantSource clock;

    /** @param secrets makes secrets up */
    public ManageWebhooksService(
            Webhooks webhooks,
            Deliveries deliveries,
            AlertOutbox outbox,
            AddressRules addresses,
            Vault vault,
            Supplier<String> secrets,
            Ids ids,
            InstantSource clock) {
        this.webhooks = webhooks;
        this.deliveries = deliveries;
        this.outbox = outbox;
        this.addresses = addresses;
        this.vault = vault;
        this.secrets = secrets;
        this.ids = ids;
        this.clock = clock;
    }

    static Vault.Place place(WebhookId id) {
        return new Vault.Place("webhook", id.value(), "secret");
    }

    @Override
    public List<Webhook> all() {
        return webhooks.all();
    }

    @Override
    public Optional<Webhook> find(WebhookId id) {
        return webhooks.find(id);
    }

    @Override
    public Outcome create(Form form, @Nullable String secret) {
        List<FieldError> errors = wrong(form, secret);
        if (webhooks.all().size() >= WEBHOOKS_MAX) {
            errors.add(new FieldError("url", "is one too many: there can be " + WEBHOOKS_MAX + " webhooks"));
        }
        if (!errors.isEmpty()) {
            return new Outcome.Invalid(errors);
        }
        WebhookId id = new WebhookId(ids.next());
        String madeUp = secret == null ? secrets.get() : null;
        String sealed = vault.seal(secret == null ? String.valueOf(madeUp) : secret, place(id));
        Instant now = now();
        Webhook webhook = new Webhook(
                id, form.name(), form.url(), form.events(), sealed, form.enabled(), Webhook.Standing.NONE, now, now);
        webhooks.add(webhook);
        return new Outcome.Done(webhook, madeUp);
    }

    @Override
    public Outcome change(WebhookId id, UnaryOperator<Form> change, NewSecret secret) {
        @Nullable String given = secret instanceof NewSecret.Given(String text) ? text : null;
        @Nullable String madeUp = secret instanceof NewSecret.MadeUp ? secrets.get() : null;
        @Nullable String chosen = given == null ? madeUp : given;
        Webhook before = webhooks.find(id).orElse(null);
        List<FieldError> errors = before == null ? List.of() : wrong(change.apply(form(before)), given);
        if (!errors.isEmpty()) {
            return new Outcome.Invalid(errors);
        }
        @Nullable String sealed = chosen == null ? null : vault.seal(chosen, place(id));
        return webhooks.change(id, stored -> edited(stored, change.apply(form(stored)), sealed))
                .<Outcome>map(stored -> new Outcome.Done(stored, madeUp))
                .orElseGet(Outcome.NoSuchWebhook::new);
    }

    private Webhook edited(Webhook stored, Form form, @Nullable String sealed) {
        return new Webhook(
                stored.id(),
                form.name(),
                form.url(),
                form.events(),
                sealed == null ? stored.sealedSecret() : sealed,
                form.enabled(),
                stored.standing(),
                stored.createdAt(),
                now());
    }

    private static Form form(Webhook webhook) {
        return new Form(webhook.name(), webhook.url(), webhook.events(), webhook.enabled());
    }

    private List<FieldError> wrong(Form form, @Nullable String secret) {
        List<FieldError> errors = new ArrayList<>();
        String wrongUrl = addresses.wrongUrl(form.url());
        if (wrongUrl != null) {
            errors.add(new FieldError("url", wrongUrl));
        }
        boolean isKnown = form.events().stream()
                .allMatch(event ->
                        event.equals(Webhook.EVERYTHING) || AlertType.asked().contains(event));
        if (form.events().isEmpty() || !isKnown) {
            errors.add(new FieldError("events", "must name some of *, " + String.join(", ", AlertType.asked())));
        }
        if (secret != null && (secret.length() < SECRET_LENGTH_MIN || !isPrintable(secret))) {
            errors.add(new FieldError("secret", "must have at least " + SECRET_LENGTH_MIN + " printable characters"));
        }
        return errors;
    }

    private static boolean isPrintable(String secret) {
        return secret.chars().allMatch(unit -> unit > ' ' && unit < 127);
    }

    @Override
    public boolean remove(WebhookId id) {
        return webhooks.remove(id);
    }

    @Override
    public Optional<Alert> test(WebhookId id) {
        long alert = ids.next();
        Instant now = now();
        String data = new AlertFacts().with("webhook_id", id.value()).json();
        return outbox.address(id, new Alert(alert, AlertType.TEST, "test:" + alert, now, data, now.plus(TEST_KEPT)));
    }

    @Override
    public List<DeliveryAttempt> attempts(WebhookId id, @Nullable Long before, int limit) {
        return deliveries.attempts(id, before, limit);
    }

    @Override
    public String masked(Webhook webhook) {
        try {
            return Credentials.mask(vault.open(webhook.sealedSecret(), place(webhook.id())));
        } catch (Vault.CannotOpen lost) {
            return Credentials.mask("");
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
