package dev.tollgate.application.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.account.AddressRules;
import dev.tollgate.application.alert.DeliveryAttempt.Outcome;
import dev.tollgate.application.alert.ManageWebhooks.Form;
import dev.tollgate.application.alert.RaiseAlerts.News;
import dev.tollgate.application.identity.InMemoryVault;
import dev.tollgate.application.usage.SteppedClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class DeliverAlertsTest {
    private static final Duration KEPT = Duration.ofDays(30);

    private final Raised raised = new Raised();
    private final InMemoryVault vault = new InMemoryVault();
    private final Receivers receivers = new Receivers();
    private final ManageWebhooks webhooks = new ManageWebhooksService(
            raised.outbox,
            raised.outbox,
            raised.outbox,
            new AddressRules(false),
            vault,
            () -> "whsec_made-up-for-a-test",
            raised.ids,
            raised.clock);
    private final DeliverAlerts deliver = new DeliverAlertsService(
            raised.outbox, raised.outbox, receivers, vault, () -> KEPT, raised.ids, raised.clock);

    @Test
    void what_is_taken_is_delivered_once() {
        Webhook webhook = webhook("https://up.example");
        raise("a");

        assertThat(deliver.deliver()).isOne();
        assertThat(deliver.deliver()).isZero();

        WebhookSender.Message sent = receivers.sent("https://up.example").getFirst();
        assertThat(sent.body())
                .startsWith("{\"id\":")
                .endsWith(",\"type\":\"price.missing\",\"created_at\":\"2026-11-21T12:00:00Z\",\"data\":{\"n\":1}}");
        assertThat(sent.secret()).isEqualTo("whsec_made-up-for-a-test");
        assertThat(log(webhook))
                .singleElement()
                .extracting(DeliveryAttempt::outcome, DeliveryAttempt::httpStatus, DeliveryAttempt::nextAt)
                .containsExactly(Outcome.DELIVERED, 200, null);
    }

    @Test
    void what_is_not_taken_comes_again_by_the_clock_under_the_same_id_until_it_is_given_up() {
        Webhook webhook = webhook("https://down.example");
        receivers.answers.put("https://down.example", 503);
        raise("a");

        List<Duration> pauses = new ArrayList<>(DeliverAlertsService.PAUSES);
        assertThat(deliver.deliver()).isOne();
        for (Duration pause : pauses) {
            raised.clock.advance(pause.minusMillis(1));
            assertThat(deliver.deliver()).isZero();
            raised.clock.advance(Duration.ofMillis(1));
            assertThat(deliver.deliver()).isOne();
        }
        raised.clock.advance(Duration.ofDays(2));
        assertThat(deliver.deliver()).isZero();

        assertThat(pauses).startsWith(Duration.ofMinutes(1)).endsWith(Duration.ofHours(8));
        List<WebhookSender.Message> sent = receivers.sent("https://down.example");
        assertThat(sent).hasSize(6);
        assertThat(sent)
                .extracting(WebhookSender.Message::deliveryId)
                .containsOnly(sent.getFirst().deliveryId());
        assertThat(sent)
                .extracting(WebhookSender.Message::body)
                .containsOnly(sent.getFirst().body());
        assertThat(sent).extracting(WebhookSender.Message::at).doesNotHaveDuplicates();
        assertThat(log(webhook)).extracting(DeliveryAttempt::number).containsExactly(6, 5, 4, 3, 2, 1);
        assertThat(log(webhook).getFirst().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(log(webhook).getLast().outcome()).isEqualTo(Outcome.RETRYING);
        assertThat(webhooks.find(webhook.id()).orElseThrow().standing().failuresInARow())
                .isEqualTo(6);
    }

    @Test
    void a_receiver_that_comes_back_is_told_what_it_missed() {
        Webhook webhook = webhook("https://back.example");
        receivers.answers.put("https://back.example", 0);
        raise("a");
        assertThat(deliver.deliver()).isOne();
        assertThat(webhooks.find(webhook.id()).orElseThrow().standing().last()).isEqualTo("connect");

        receivers.answers.put("https://back.example", 204);
        raised.clock.advance(Duration.ofMinutes(1));
        assertThat(deliver.deliver()).isOne();

        assertThat(webhooks.find(webhook.id()).orElseThrow().standing())
                .isEqualTo(new Webhook.Standing("204", SteppedClock.NOON.plus(Duration.ofMinutes(1)), 0));
    }

    @Test
    void a_receiver_that_takes_nothing_holds_up_no_other_and_is_left_alone_for_the_round() {
        webhook("https://down.example");
        webhook("https://up.example");
        receivers.answers.put("https://down.example", 500);
        for (int i = 0; i < 3; i++) {
            raise("a" + i);
        }

        assertThat(deliver.deliver()).isEqualTo(4);

        assertThat(receivers.sent("https://up.example")).hasSize(3);
        assertThat(receivers.sent("https://down.example")).hasSize(1);
    }

    @Test
    void a_slow_receiver_is_left_for_the_next_round_after_a_while() {
        webhook("https://slow.example");
        receivers.slowness = Duration.ofSeconds(4);
        for (int i = 0; i < 5; i++) {
            raise("a" + i);
        }

        assertThat(deliver.deliver()).isEqualTo(3);
        assertThat(deliver.deliver()).isEqualTo(2);
    }

    @Test
    void a_redirect_is_not_taken() {
        webhook("https://moved.example");
        receivers.answers.put("https://moved.example", 302);
        raise("a");

        assertThat(deliver.deliver()).isOne();
        raised.clock.advance(Duration.ofMinutes(1));
        assertThat(deliver.deliver()).isOne();
    }

    @Test
    void what_was_sent_and_not_noted_is_sent_again_under_the_same_id() {
        webhook("https://up.example");
        raise("a");
        Delivery due = raised.outbox.due(raised.clock.instant(), 10).getFirst();
        assertThat(raised.outbox.claim(due, raised.clock.instant().plusSeconds(60)))
                .isTrue(); // and the node dies

        assertThat(deliver.deliver()).isZero();
        raised.clock.advance(Duration.ofMinutes(1));
        assertThat(deliver.deliver()).isOne();
        assertThat(receivers.sent("https://up.example"))
                .singleElement()
                .extracting(WebhookSender.Message::deliveryId)
                .isEqualTo(due.id());
    }

    @Test
    void a_secret_that_cannot_be_opened_is_told_in_the_log() {
        Webhook webhook = new Webhook(
                new WebhookId(raised.ids.next()),
                null,
                "https://up.example",
                Set.of("*"),
                vault.seal("x".repeat(20), ManageWebhooksService.place(new WebhookId(1))),
                true,
                Webhook.Standing.NONE,
                Instant.EPOCH,
                Instant.EPOCH);
        raised.outbox.add(webhook);
        raise("a");

        assertThat(deliver.deliver()).isOne();
        assertThat(log(webhook))
                .singleElement()
                .extracting(DeliveryAttempt::error)
                .isEqualTo("secret_lost");
        assertThat(receivers.sent("https://up.example")).isEmpty();
    }

    @Test
    void the_log_goes_back_so_far() {
        Webhook webhook = webhook("https://up.example");
        raise("a");
        int unused = deliver.deliver();

        raised.clock.advance(KEPT);
        assertThat(deliver.forget()).isZero();
        raised.clock.advance(Duration.ofSeconds(1));
        assertThat(deliver.forget()).isPositive();
        assertThat(log(webhook)).isEmpty();
        assertThat(raised.outbox.raised()).isEmpty();
    }

    private Webhook webhook(String url) {
        return ((ManageWebhooks.Outcome.Done) webhooks.create(new Form(null, url, Set.of("*"), true), null)).webhook();
    }

    private void raise(String key) {
        Instant until = raised.clock.instant().plus(KEPT);
        assertThat(raised.alerts.raise(List.of(new News(AlertType.PRICE_MISSING, key, "{\"n\":1}", until))))
                .isOne();
    }

    private List<DeliveryAttempt> log(Webhook webhook) {
        return webhooks.attempts(webhook.id(), null, 100);
    }

    /** Receivers that answer with a status, 200 unless told otherwise; 0 stands for none that could be reached. */
    private final class Receivers implements WebhookSender {
        private final Map<String, Integer> answers = new ConcurrentHashMap<>();
        private final List<Message> sent = java.util.Collections.synchronizedList(new ArrayList<>());

        private Duration slowness = Duration.ZERO;

        @Override
        public Sent send(Message message) {
            sent.add(message);
            raised.clock.advance(slowness);
            int status = answers.getOrDefault(message.url(), 200);
            return status == 0 ? new Sent(null, "connect", null, 3) : new Sent(status, null, "words", 3);
        }

        List<Message> sent(String url) {
            return sent.stream().filter(message -> message.url().equals(url)).toList();
        }
    }
}
