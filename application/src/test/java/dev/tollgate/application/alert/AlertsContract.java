package dev.tollgate.application.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.alert.DeliveryAttempt.Outcome;
import dev.tollgate.application.identity.Ids;
import dev.tollgate.application.identity.TimeOrderedIds;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the outbox, the webhooks and the deliveries must do together: they are three views of the same facts. */
public abstract class AlertsContract {
    protected static final Instant NOW = Instant.parse("2026-11-21T12:00:00.123456Z");
    protected static final Ids IDS = new TimeOrderedIds(InstantSource.system(), ThreadLocalRandom.current()::nextInt);

    private static final int THREADS = 8;
    private static final Duration HOUR = Duration.ofHours(1);

    private Webhooks webhooks;
    private AlertOutbox outbox;
    private Deliveries deliveries;

    /** Empty ones. */
    protected abstract Webhooks webhooks();

    protected abstract AlertOutbox outbox();

    protected abstract Deliveries deliveries();

    @BeforeEach
    void start() {
        webhooks = webhooks();
        outbox = outbox();
        deliveries = deliveries();
    }

    @Test
    void keeps_webhooks_as_they_were_given() {
        Webhook first = webhook(Set.of("*"), true);
        Webhook second = new Webhook(
                new WebhookId(IDS.next()),
                "Betrieb 运维",
                "https://hooks.example/a?b=c",
                Set.of("account.down", "account.recovered"),
                "sealed",
                false,
                Webhook.Standing.NONE,
                NOW,
                NOW);
        webhooks.add(second);

        assertThat(webhooks.find(second.id())).contains(second);
        assertThat(webhooks.all()).containsExactly(second, first);
        assertThat(webhooks.find(new WebhookId(1))).isEmpty();
    }

    @Test
    void edits_a_webhook_and_leaves_its_standing() {
        Webhook webhook = webhook(Set.of("*"), true);
        raise("a");
        Delivery due = due().getFirst();
        deliveries.note(due, attempt(due, Outcome.RETRYING, 500, NOW.plus(HOUR)));

        Webhook edited = webhooks.change(
                        webhook.id(),
                        stored -> new Webhook(
                                stored.id(),
                                null,
                                "https://other.example",
                                Set.of("test"),
                                "other",
                                false,
                                Webhook.Standing.NONE,
                                stored.createdAt(),
                                NOW.plus(HOUR)))
                .orElseThrow();

        Webhook stored = webhooks.find(webhook.id()).orElseThrow();
        assertThat(stored.url()).isEqualTo(edited.url()).isEqualTo("https://other.example");
        assertThat(stored.enabled()).isFalse();
        assertThat(stored.standing()).isEqualTo(new Webhook.Standing("500", NOW, 1));
        assertThat(webhooks.change(new WebhookId(1), same -> same)).isEmpty();
    }

    @Test
    void removes_a_webhook_with_all_that_is_its_own() {
        Webhook webhook = webhook(Set.of("*"), true);
        raise("a");
        Delivery due = due().getFirst();
        deliveries.note(due, attempt(due, Outcome.RETRYING, 500, NOW));

        assertThat(webhooks.remove(webhook.id())).isTrue();
        assertThat(webhooks.remove(webhook.id())).isFalse();
        assertThat(due()).isEmpty();
        assertThat(deliveries.attempts(webhook.id(), null, 10)).isEmpty();
        deliveries.note(due, attempt(due, Outcome.DELIVERED, 200, null));
        assertThat(deliveries.attempts(webhook.id(), null, 10)).isEmpty();
    }

    @Test
    void raises_what_has_a_key_once() {
        Alert first = alert("package:1");
        Alert same = alert("package:1");
        Alert other = alert("Package:1");

        assertThat(outbox.raise(List.of(first))).containsExactly(first);
        assertThat(outbox.raise(List.of(same, other))).containsExactly(other);
        assertThat(outbox.known(List.of("package:1", "Package:1", "package:2")))
                .containsExactlyInAnyOrder("package:1", "Package:1");
        assertThat(outbox.known(List.of())).isEmpty();
    }

    @Test
    void many_who_raise_the_same_at_once_raise_it_once() throws Exception {
        Webhook webhook = webhook(Set.of("*"), true);
        CountDownLatch start = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<Future<Integer>> raised = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                raised.add(threads.submit(() -> {
                    start.await();
                    return outbox.raise(List.of(alert("b"), alert("a"))).size();
                }));
            }
            start.countDown();
            int all = 0;
            for (Future<Integer> each : raised) {
                all += each.get();
            }
            assertThat(all).isEqualTo(2);
        }
        assertThat(due()).hasSize(2).allMatch(due -> due.webhook().id().equals(webhook.id()));
    }

    @Test
    void delivers_to_those_who_were_there_and_asked_for_it() {
        Webhook all = webhook(Set.of("*"), true);
        Webhook some = webhook(Set.of("price.missing", "account.down"), true);
        webhook(Set.of("account.down"), true);
        webhook(Set.of("*"), false);
        Alert alert = raise("a");
        webhook(Set.of("*"), true);

        assertThat(due()).extracting(Delivery::webhook).containsExactlyInAnyOrder(all, some);
        assertThat(due())
                .allSatisfy(due -> {
                    assertThat(due.alert()).isEqualTo(alert);
                    assertThat(due.attempts()).isZero();
                    assertThat(due.dueAt()).isEqualTo(NOW);
                })
                .extracting(Delivery::id)
                .doesNotHaveDuplicates();
        assertThat(deliveries.due(NOW.minusNanos(1000), 10)).isEmpty();
    }

    @Test
    void a_condition_begins_once_and_ends_once() {
        webhook(Set.of("*"), true);

        assertThat(outbox.begin("account:1", alert("down:1"))).isTrue();
        assertThat(outbox.begin("account:1", alert("down:2"))).isFalse();
        assertThat(outbox.conditions()).containsExactly("account:1");
        assertThat(outbox.end("account:1", alert("up:1"))).isTrue();
        assertThat(outbox.end("account:1", alert("up:2"))).isFalse();
        assertThat(outbox.begin("account:1", alert("down:3"))).isTrue();
        assertThat(outbox.end("account:1", null)).isTrue();
        assertThat(outbox.conditions()).isEmpty();
        assertThat(due()).extracting(due -> due.alert().key()).containsExactlyInAnyOrder("down:1", "up:1", "down:3");
    }

    @Test
    void an_alert_for_one_webhook_goes_to_no_other() {
        Webhook webhook = webhook(Set.of("account.down"), true);
        webhook(Set.of("*"), true);
        Alert alert = alert("test:1");

        assertThat(outbox.address(webhook.id(), alert)).contains(alert);
        assertThat(outbox.address(new WebhookId(1), alert("test:2"))).isEmpty();
        assertThat(due()).extracting(Delivery::webhook).containsExactly(webhook);
    }

    @Test
    void gives_each_webhook_the_first_few_of_what_is_due() {
        webhook(Set.of("*"), true);
        webhook(Set.of("*"), true);
        for (int i = 0; i < 5; i++) {
            raise("a" + i, NOW.plusSeconds(5 - i));
        }

        List<Delivery> due = deliveries.due(NOW.plusSeconds(60), 2);

        assertThat(due).extracting(each -> each.alert().key()).containsExactly("a4", "a3", "a4", "a3");
    }

    @Test
    void a_delivery_is_in_one_hand_until_its_time_is_over() {
        webhook(Set.of("*"), true);
        raise("a");
        Delivery due = due().getFirst();

        assertThat(deliveries.claim(due, NOW.plus(HOUR))).isTrue();
        assertThat(deliveries.claim(due, NOW.plus(HOUR))).isFalse();
        assertThat(due()).isEmpty();

        Delivery again = deliveries.due(NOW.plus(HOUR), 10).getFirst();
        assertThat(again.id()).isEqualTo(due.id());
        assertThat(deliveries.claim(again, NOW.plus(HOUR).plus(HOUR))).isTrue();
    }

    @Test
    void notes_attempts_and_how_the_webhook_stands() {
        Webhook webhook = webhook(Set.of("*"), true);
        raise("a");
        Delivery first = due().getFirst();
        DeliveryAttempt missed = attempt(first, Outcome.RETRYING, null, NOW.plus(HOUR));
        deliveries.note(first, missed);
        assertThat(standing(webhook)).isEqualTo(new Webhook.Standing("timeout", NOW, 1));
        assertThat(due()).isEmpty();

        Delivery second = deliveries.due(NOW.plus(HOUR), 10).getFirst();
        assertThat(second.attempts()).isOne();
        DeliveryAttempt taken = attempt(second, Outcome.DELIVERED, 204, null);
        deliveries.note(second, taken);

        assertThat(standing(webhook)).isEqualTo(new Webhook.Standing("204", NOW, 0));
        assertThat(deliveries.due(NOW.plus(Duration.ofDays(9)), 10)).isEmpty();
        assertThat(deliveries.attempts(webhook.id(), null, 10)).containsExactly(taken, missed);
        assertThat(deliveries.attempts(webhook.id(), taken.id(), 10)).containsExactly(missed);
        assertThat(deliveries.attempts(webhook.id(), null, 1)).containsExactly(taken);
    }

    @Test
    void forgets_what_is_old_and_done() {
        Webhook webhook = webhook(Set.of("*"), true);
        raise("a");
        Delivery due = due().getFirst();
        Instant later = NOW.plus(Duration.ofDays(40));

        assertThat(outbox.forget(later, 10)).isZero();
        deliveries.note(due, attempt(due, Outcome.DELIVERED, 200, null));
        assertThat(outbox.forget(NOW, 10)).isZero();
        assertThat(outbox.forget(later, 10)).isOne();
        assertThat(outbox.known(List.of("a"))).isEmpty();

        assertThat(deliveries.forgetBefore(NOW, 10)).isZero();
        assertThat(deliveries.forgetBefore(later, 10)).isEqualTo(2);
        assertThat(deliveries.attempts(webhook.id(), null, 10)).isEmpty();
    }

    @Test
    void what_is_still_owed_is_never_forgotten_however_old_it_is() {
        Webhook webhook = webhook(Set.of("*"), true);
        raise("a");
        Delivery owed = due().getFirst();
        Instant later = NOW.plus(HOUR);
        deliveries.note(owed, attempt(owed, Outcome.RETRYING, null, later));

        assertThat(deliveries.forgetBefore(NOW.plusSeconds(1), 10)).isOne();
        assertThat(deliveries.attempts(webhook.id(), null, 10)).isEmpty();
        assertThat(deliveries.due(later, 10)).extracting(Delivery::id).containsExactly(owed.id());
    }

    @Test
    void what_is_kept_for_ever_is_never_forgotten() {
        Alert alert = new Alert(IDS.next(), AlertType.CREDIT_THRESHOLD, "credit", NOW, "{}", null);
        outbox.raise(List.of(alert));

        assertThat(outbox.forget(NOW.plus(Duration.ofDays(9999)), 10)).isZero();
        assertThat(outbox.known(List.of("credit"))).containsExactly("credit");
    }

    private Webhook webhook(Set<String> events, boolean enabled) {
        Webhook webhook = new Webhook(
                new WebhookId(IDS.next()),
                null,
                "https://hooks.example",
                events,
                "sealed",
                enabled,
                Webhook.Standing.NONE,
                NOW,
                NOW);
        webhooks.add(webhook);
        return webhook;
    }

    private Alert raise(String key) {
        return raise(key, NOW);
    }

    private Alert raise(String key, Instant at) {
        Alert alert =
                new Alert(IDS.next(), AlertType.PRICE_MISSING, key, at, "{\"a\":1}", at.plus(Duration.ofDays(30)));
        assertThat(outbox.raise(List.of(alert))).containsExactly(alert);
        return alert;
    }

    private static Alert alert(String key) {
        return new Alert(IDS.next(), AlertType.ACCOUNT_DOWN, key, NOW, "{}", NOW.plus(Duration.ofDays(30)));
    }

    private List<Delivery> due() {
        return deliveries.due(NOW, 100);
    }

    private Webhook.Standing standing(Webhook webhook) {
        return webhooks.find(webhook.id()).orElseThrow().standing();
    }

    private static DeliveryAttempt attempt(
            Delivery delivery, Outcome outcome, @Nullable Integer status, @Nullable Instant next) {
        return new DeliveryAttempt(
                IDS.next(),
                delivery.id(),
                delivery.alert().id(),
                delivery.alert().type(),
                delivery.attempts() + 1,
                NOW,
                outcome,
                status,
                12,
                status == null ? "timeout" : null,
                status == null ? null : "ok 好",
                next);
    }
}
