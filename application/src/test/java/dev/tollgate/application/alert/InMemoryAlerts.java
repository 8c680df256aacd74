package dev.tollgate.application.alert;

import dev.tollgate.application.identity.Ids;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Webhooks, the outbox and the deliveries in memory. */
public final class InMemoryAlerts implements Webhooks, AlertOutbox, Deliveries {
    private final Ids ids;
    private final Map<Long, Webhook> webhooks = new TreeMap<>(Comparator.reverseOrder());
    private final Map<String, Alert> alerts = new LinkedHashMap<>();
    private final Set<String> conditions = new HashSet<>();
    private final Map<Long, Waiting> deliveries = new TreeMap<>();
    private final Map<Long, Logged> log = new TreeMap<>(Comparator.reverseOrder());

    public InMemoryAlerts(Ids ids) {
        this.ids = ids;
    }

    private record Waiting(
            WebhookId webhook,
            Alert alert,
            int attempts,
            @Nullable Instant dueAt) {}

    private record Logged(WebhookId webhook, DeliveryAttempt attempt) {}

    /** Everything that was raised, oldest first. */
    public synchronized List<Alert> raised() {
        return List.copyOf(alerts.values());
    }

    @Override
    public synchronized List<Webhook> all() {
        return List.copyOf(webhooks.values());
    }

    @Override
    public synchronized Optional<Webhook> find(WebhookId id) {
        return Optional.ofNullable(webhooks.get(id.value()));
    }

    @Override
    public synchronized void add(Webhook webhook) {
        webhooks.put(webhook.id().value(), webhook);
    }

    @Override
    public synchronized Optional<Webhook> change(WebhookId id, UnaryOperator<Webhook> change) {
        Webhook stored = webhooks.get(id.value());
        if (stored == null) {
            return Optional.empty();
        }
        Webhook changed = change.apply(stored).with(stored.standing());
        webhooks.put(id.value(), changed);
        return Optional.of(changed);
    }

    @Override
    public synchronized boolean remove(WebhookId id) {
        deliveries.values().removeIf(waiting -> waiting.webhook().equals(id));
        log.values().removeIf(logged -> logged.webhook().equals(id));
        return webhooks.remove(id.value()) != null;
    }

    @Override
    public synchronized Set<String> known(Collection<String> keys) {
        return keys.stream().filter(alerts::containsKey).collect(Collectors.toSet());
    }

    @Override
    public synchronized List<Alert> raise(List<Alert> raised) {
        return raised.stream()
                .sorted(Comparator.comparing(Alert::key))
                .filter(this::isAdded)
                .toList();
    }

    private boolean isAdded(Alert alert) {
        if (alerts.putIfAbsent(alert.key(), alert) != null) {
            return false;
        }
        webhooks.values().stream()
                .filter(webhook -> webhook.wants(alert.type()))
                .forEach(webhook -> deliver(webhook.id(), alert));
        return true;
    }

    private void deliver(WebhookId webhook, Alert alert) {
        deliveries.put(ids.next(), new Waiting(webhook, alert, 0, alert.at()));
    }

    @Override
    public synchronized boolean begin(String condition, Alert alert) {
        return conditions.add(condition) && isAdded(alert);
    }

    @Override
    public synchronized boolean end(String condition, @Nullable Alert alert) {
        return conditions.remove(condition) && (alert == null || isAdded(alert));
    }

    @Override
    public synchronized Set<String> conditions() {
        return Set.copyOf(conditions);
    }

    @Override
    public synchronized Optional<Alert> address(WebhookId webhook, Alert alert) {
        if (!webhooks.containsKey(webhook.value()) || alerts.putIfAbsent(alert.key(), alert) != null) {
            return Optional.empty();
        }
        deliver(webhook, alert);
        return Optional.of(alert);
    }

    @Override
    public synchronized List<Delivery> due(Instant now, int mostEach) {
        Map<WebhookId, List<Delivery>> due = new HashMap<>();
        deliveries.forEach((id, waiting) -> {
            Webhook webhook = webhooks.get(waiting.webhook().value());
            Instant dueAt = waiting.dueAt();
            if (webhook != null && webhook.enabled() && dueAt != null && !dueAt.isAfter(now)) {
                due.computeIfAbsent(webhook.id(), same -> new ArrayList<>())
                        .add(new Delivery(id, webhook, waiting.alert(), waiting.attempts(), dueAt));
            }
        });
        return due.values().stream()
                .flatMap(each -> each.stream()
                        .sorted(Comparator.comparing(Delivery::dueAt).thenComparingLong(Delivery::id))
                        .limit(mostEach))
                .toList();
    }

    @Override
    public synchronized boolean claim(Delivery delivery, Instant until) {
        Waiting waiting = deliveries.get(delivery.id());
        if (waiting == null
                || waiting.attempts() != delivery.attempts()
                || !delivery.dueAt().equals(waiting.dueAt())) {
            return false;
        }
        deliveries.put(delivery.id(), new Waiting(waiting.webhook(), waiting.alert(), waiting.attempts(), until));
        return true;
    }

    @Override
    public synchronized void note(Delivery delivery, DeliveryAttempt attempt) {
        WebhookId webhook = delivery.webhook().id();
        if (deliveries.containsKey(delivery.id())) {
            deliveries.put(delivery.id(), new Waiting(webhook, delivery.alert(), attempt.number(), attempt.nextAt()));
            log.put(attempt.id(), new Logged(webhook, attempt));
            webhooks.computeIfPresent(webhook.value(), (id, stored) -> stored.with(after(stored, attempt)));
        }
    }

    private static Webhook.Standing after(Webhook stored, DeliveryAttempt attempt) {
        boolean isDelivered = attempt.outcome() == DeliveryAttempt.Outcome.DELIVERED;
        int failures = isDelivered ? 0 : stored.standing().failuresInARow() + 1;
        return new Webhook.Standing(attempt.word(), attempt.at(), failures);
    }

    @Override
    public synchronized List<DeliveryAttempt> attempts(WebhookId webhook, @Nullable Long before, int limit) {
        return log.values().stream()
                .filter(logged -> logged.webhook().equals(webhook))
                .map(Logged::attempt)
                .filter(attempt -> before == null || attempt.id() < before)
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized int forgetBefore(Instant before, int most) {
        int all = log.size() + deliveries.size();
        log.values().removeIf(logged -> logged.attempt().at().isBefore(before));
        deliveries
                .values()
                .removeIf(waiting ->
                        waiting.dueAt() == null && waiting.alert().at().isBefore(before));
        return all - log.size() - deliveries.size();
    }

    @Override
    public synchronized int forget(Instant before, int most) {
        int all = alerts.size();
        Set<Alert> waitedFor = deliveries.values().stream()
                .filter(waiting -> waiting.dueAt() != null)
                .map(Waiting::alert)
                .collect(Collectors.toSet());
        alerts.values().removeIf(alert -> {
            Instant until = alert.keptUntil();
            return until != null && until.isBefore(before) && !waitedFor.contains(alert);
        });
        return all - alerts.size();
    }
}
