package dev.tollgate.web.admin.alert;

import dev.tollgate.application.account.Credentials;
import dev.tollgate.application.alert.Alert;
import dev.tollgate.application.alert.DeliveryAttempt;
import dev.tollgate.application.alert.ManageWebhooks;
import dev.tollgate.application.alert.ManageWebhooks.Form;
import dev.tollgate.application.alert.ManageWebhooks.NewSecret;
import dev.tollgate.application.alert.ManageWebhooks.Outcome;
import dev.tollgate.application.alert.Webhook;
import dev.tollgate.application.alert.WebhookId;
import dev.tollgate.application.identity.PageQuery;
import dev.tollgate.web.admin.ApiFailure;
import dev.tollgate.web.admin.CursorPage;
import dev.tollgate.web.admin.Envelope;
import dev.tollgate.web.admin.Given;
import dev.tollgate.web.admin.InMemoryPage;
import dev.tollgate.web.admin.ItemPage;
import dev.tollgate.web.admin.JsonBody;
import dev.tollgate.web.admin.OperationNote;
import dev.tollgate.web.admin.Paging;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where operators want to be told of alerts. */
@Controller("/api/admin/webhooks")
@ExecuteOn(TaskExecutors.BLOCKING)
final class WebhooksController {
    private static final String SUBJECT = "webhooks";
    private static final String THING = "webhook";
    private static final int TEXT_LENGTH_MAX = 200;
    private static final int URL_LENGTH_MAX = 500;
    private static final Map<String, Comparator<Webhook>> ORDERS = Map.of(
            "id", Comparator.comparingLong(webhook -> webhook.id().value()),
            "name", Comparator.comparing(WebhooksController::name),
            "url", Comparator.comparing(Webhook::url),
            "created_at", Comparator.comparing(Webhook::createdAt));

    private final ManageWebhooks webhooks;

    WebhooksController(ManageWebhooks webhooks) {
        this.webhooks = webhooks;
    }

    @Get
    Envelope<ItemPage<WebhookView>> list(HttpRequest<?> request) {
        PageQuery query = Paging.of(request, ORDERS.keySet());
        return ItemPage.of(
                InMemoryPage.of(webhooks.all(), query, webhook -> name(webhook) + "\n" + webhook.url(), ORDERS),
                query,
                this::view);
    }

    @Get("/{id}")
    Envelope<WebhookView> read(long id) {
        return Envelope.of(view(find(id)));
    }

    @Post
    Envelope<WebhookView> create(HttpRequest<?> request, @Body @Nullable JsonNode body) {
        JsonBody given = JsonBody.of(body);
        Fields fields = Fields.of(given, true);
        given.check();
        String secret = fields.secret().orNull(null);
        Outcome.Done done = done(webhooks.create(fields.form(new Form(null, "", Set.of(), true)), secret));
        OperationNote.leave(request, SUBJECT, done.webhook().id().value(), null, view(done.webhook()));
        return Envelope.of(shown(done));
    }

    @Put("/{id}")
    Envelope<WebhookView> change(HttpRequest<?> request, long id, @Body @Nullable JsonNode body) {
        WebhookView before = view(find(id));
        JsonBody given = JsonBody.of(body);
        Fields fields = Fields.of(given, false);
        given.check();
        Outcome.Done done = done(webhooks.change(new WebhookId(id), fields::form, fields.newSecret()));
        OperationNote.leave(request, SUBJECT, id, before, view(done.webhook()));
        return Envelope.of(shown(done));
    }

    @Delete("/{id}")
    Envelope<Object> remove(HttpRequest<?> request, long id) {
        WebhookView before = view(find(id));
        if (!webhooks.remove(new WebhookId(id))) {
            throw ApiFailure.notFound(THING);
        }
        OperationNote.leave(request, SUBJECT, id, before, null);
        return Envelope.done();
    }

    @Post("/{id}/test")
    Envelope<Sent> test(HttpRequest<?> request, long id) {
        Alert sent = webhooks.test(new WebhookId(id)).orElseThrow(() -> ApiFailure.notFound(THING));
        OperationNote.leave(request, SUBJECT, id, null, null);
        return Envelope.of(new Sent(sent.id()));
    }

    @Get("/{id}/deliveries")
    Envelope<CursorPage<DeliveryView>> deliveries(HttpRequest<?> request, long id) {
        int limit = Paging.limit(request);
        List<DeliveryAttempt> found = webhooks.attempts(find(id).id(), Paging.idCursor(request), limit + 1);
        List<DeliveryAttempt> shown = found.subList(0, Math.min(limit, found.size()));
        String next = found.size() > limit ? String.valueOf(shown.getLast().id()) : null;
        return Envelope.of(new CursorPage<>(shown.stream().map(DeliveryView::of).toList(), next));
    }

    private Webhook find(long id) {
        return webhooks.find(new WebhookId(id)).orElseThrow(() -> ApiFailure.notFound(THING));
    }

    private WebhookView view(Webhook webhook) {
        return WebhookView.of(webhook, webhooks.masked(webhook));
    }

    private WebhookView shown(Outcome.Done done) {
        String madeUp = done.madeUp();
        return madeUp == null ? view(done.webhook()) : WebhookView.of(done.webhook(), madeUp);
    }

    private static Outcome.Done done(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done done -> done;
            case Outcome.Invalid invalid ->
                throw ApiFailure.invalid(invalid.errors().stream()
                        .map(error -> new Envelope.FieldError(error.field(), error.message()))
                        .toList());
            case Outcome.NoSuchWebhook gone -> throw ApiFailure.notFound(THING);
        };
    }

    private static String name(Webhook webhook) {
        String name = webhook.name();
        return name == null ? "" : name;
    }

    /** What was answered to a test. */
    @Serdeable(naming = SnakeCaseStrategy.class)
    record Sent(long eventId) {}

    /** What a body gives. */
    private record Fields(
            Given<String> name,
            Given<String> url,
            Given<Set<String>> events,
            Given<String> secret,
            Given<Boolean> enabled) {
        static Fields of(JsonBody given, boolean creating) {
            return new Fields(
                    given.text("name", TEXT_LENGTH_MAX),
                    given.text("url", URL_LENGTH_MAX).requiredIf(creating),
                    given.texts("events", TEXT_LENGTH_MAX).requiredIf(creating),
                    given.text("secret", TEXT_LENGTH_MAX),
                    given.flag("enabled"));
        }

        Form form(Form current) {
            return new Form(
                    name.orNull(current.name()),
                    url.or(current.url()),
                    events.or(current.events()),
                    enabled.or(current.enabled(), true));
        }

        /** Null has a new one made up; a mask sent back changes nothing. */
        NewSecret newSecret() {
            String chosen = secret.orNull(null);
            if (!secret.isGiven() || (chosen != null && Credentials.isMask(chosen))) {
                return new NewSecret.Same();
            }
            return chosen == null ? new NewSecret.MadeUp() : new NewSecret.Given(chosen);
        }
    }
}
