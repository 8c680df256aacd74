package dev.tollgate.application.alert;

import dev.tollgate.application.alert.DeliveryAttempt.Outcome;
import dev.tollgate.application.identity.Ids;
import dev.tollgate.application.identity.StoreUnavailable;
import dev.tollgate.application.identity.Vault;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Delivers alerts, at least once each: what was posted and not noted is posted again, under the same id. */
public final class DeliverAlertsService implements DeliverAlerts {
    /** The pauses after attempts that were not taken; after the last one there is no more. */
    static final List<Duration> PAUSES = List.of(
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(8));

    private static final Duration IN_HAND = Duration.ofMinutes(1);

    /** A slow receiver's others wait for the next round, lest the rounds of all be as slow. */
    private static final Duration LANE_MAX = Duration.ofSeconds(10);

    private static final int EACH_MAX = 20;
    private static final int FORGOTTEN_MAX = 1000;

    private final Deliveries deliveries;
    private final AlertOutbox outbox;
    private final WebhookSender sender;
    private final Vault vault;
    private final Supplier<Duration> kept;
    private final Ids ids;
    private final InstantSource clock;

    /** @param kept how long the delivery log goes back */
    public DeliverAlertsService(
            Deliveries deliveries,
            AlertOutbox outbox,
            WebhookSender sender,
            Vault vault,
            Supplier<Duration> kept,
            Ids ids,
            InstantSource clock) {
        this.deliveries = deliveries;
        this.outbox = outbox;
        this.sender = sender;
        this.vault = vault;
        this.kept = kept;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public int deliver() {
        Collection<List<Delivery>> lanes = deliveries.due(now(), EACH_MAX).stream()
                .collect(Collectors.groupingBy(delivery -> delivery.webhook().id()))
                .values();
        if (lanes.isEmpty()) {
            return 0;
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> running = new ArrayList<>();
            lanes.forEach(lane -> running.add(threads.submit(() -> inOrder(lane))));
            int made = 0;
            for (Future<Integer> lane : running) {
                made += made(lane);
            }
            return made;
        }
    }

    private static int made(Future<Integer> lane) {
        try {
            return lane.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof StoreUnavailable away) {
                throw away;
            }
            throw new IllegalStateException("a delivery failed in itself", failed.getCause());
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    private int inOrder(List<Delivery> lane) {
        Instant begun = now();
        int made = 0;
        boolean isTaken = true;
        for (Delivery delivery : lane) {
            boolean isLate = now().isAfter(begun.plus(LANE_MAX));
            if (!isTaken || isLate || !deliveries.claim(delivery, now().plus(IN_HAND))) {
                return made;
            }
            isTaken = attempt(delivery);
            made++;
        }
        return made;
    }

    private boolean attempt(Delivery delivery) {
        Instant at = now();
        WebhookSender.Sent sent = send(delivery, at);
        int number = delivery.attempts() + 1;
        @Nullable Instant nextAt = sent.isTaken() || number > PAUSES.size() ? null : now().plus(PAUSES.get(number - 1));
        Outcome missed = nextAt == null ? Outcome.FAILED : Outcome.RETRYING;
        DeliveryAttempt attempt = new DeliveryAttempt(
                ids.next(),
                delivery.id(),
                delivery.alert().id(),
                delivery.alert().type(),
                number,
                at,
                sent.isTaken() ? Outcome.DELIVERED : missed,
                sent.status(),
                sent.latencyMillis(),
                sent.error(),
                sent.response(),
                nextAt);
        deliveries.note(delivery, attempt);
        return sent.isTaken();
    }

    private WebhookSender.Sent send(Delivery delivery, Instant at) {
        Webhook webhook = delivery.webhook();
        try {
            String secret = vault.open(webhook.sealedSecret(), ManageWebhooksService.place(webhook.id()));
            Alert alert = delivery.alert();
            return sender.send(
                    new WebhookSender.Message(webhook.url(), secret, at, alert.type(), delivery.id(), alert.body()));
        } catch (Vault.CannotOpen lost) { // only a new secret helps, and the log says so
            return new WebhookSender.Sent(null, "secret_lost", null, 0);
        }
    }

    @Override
    public int forget() {
        Instant before = now().minus(kept.get());
        return deliveries.forgetBefore(before, FORGOTTEN_MAX) + outbox.forget(now(), FORGOTTEN_MAX);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
