package dev.tollgate.application.usage;

import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.apikey.ApiKeyId;
import dev.tollgate.domain.entitlement.Payer;
import dev.tollgate.domain.entitlement.Spent;
import dev.tollgate.domain.entitlement.UserPackageId;
import dev.tollgate.domain.entitlement.WindowKey;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Cost;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.pricing.CostBreakdown;
import dev.tollgate.domain.relay.AttemptRecord;
import dev.tollgate.domain.relay.CallStatus;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.domain.relay.Settlement;
import dev.tollgate.domain.relay.Subject;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Records and sums worked out of settlements each time they are asked for. */
public final class InMemoryUsage implements UsageRecords, UsageQueries, SubjectUsage {
    private static final Set<CallStatus> FAILED =
            Set.of(CallStatus.UPSTREAM_ERROR, CallStatus.TIMEOUT, CallStatus.ORPHAN);

    private static final Comparator<RequestId> NEWEST_FIRST =
            Comparator.comparing(RequestId::text).reversed();

    private final Supplier<List<Settlement>> settlements;

    /** @param settlements every call's last result */
    public InMemoryUsage(Supplier<List<Settlement>> settlements) {
        this.settlements = settlements;
    }

    @Override
    public List<UsageRecord> list(RecordFilter filter, @Nullable RequestId before, int limit) {
        return settlements.get().stream()
                .map(InMemoryUsage::record)
                .filter(record -> before == null || NEWEST_FIRST.compare(record.id(), before) > 0)
                .filter(record -> matches(filter, record))
                .sorted(Comparator.comparing(UsageRecord::id, NEWEST_FIRST))
                .limit(limit)
                .toList();
    }

    @Override
    public Optional<Detail> find(RequestId id) {
        return settlements.get().stream()
                .filter(settlement -> settlement.id().equals(id))
                .map(settlement -> new Detail(record(settlement), settlement.charge(), settlement.attempts()))
                .findFirst();
    }

    @Override
    public Map<Slice, Totals> sums(Span span, Set<Slice.Dimension> by, Slice only) {
        Map<Slice, Totals> sums = new HashMap<>();
        in(span, only).forEach(call -> sums.merge(slice(call, by), totals(call), Totals::plus));
        return sums;
    }

    @Override
    public List<Bucket> series(Span span, Step step, Set<Slice.Dimension> by, Slice only) {
        Map<Instant, Map<Slice, Totals>> sums = new LinkedHashMap<>();
        in(span, only).forEach(call -> {
            long millis = call.ticket().admittedAt().toEpochMilli();
            Instant start = Instant.ofEpochMilli(Math.floorDiv(millis, step.millis()) * step.millis());
            sums.computeIfAbsent(start, absent -> new HashMap<>()).merge(slice(call, by), totals(call), Totals::plus);
        });
        return sums.entrySet().stream()
                .flatMap(at -> at.getValue().entrySet().stream()
                        .map(part -> new Bucket(at.getKey(), part.getKey(), part.getValue())))
                .toList();
    }

    @Override
    public Map<UserId, Totals> users(Collection<UserId> users) {
        return all(call -> call.ticket().caller().userId(), users::contains);
    }

    @Override
    public Map<ApiKeyId, Totals> keys(Collection<ApiKeyId> keys) {
        return all(call -> call.ticket().caller().apiKeyId(), keys::contains);
    }

    @Override
    public Map<AccountId, Totals> accounts() {
        return all(InMemoryUsage::account, Objects::nonNull);
    }

    @Override
    public Map<AccountId, Instant> firstUses() {
        Map<AccountId, Instant> first = new HashMap<>();
        settlements.get().stream()
                .filter(call -> account(call) != null)
                .forEach(call -> first.merge(
                        Objects.requireNonNull(account(call)),
                        call.ticket().admittedAt(),
                        (one, other) -> one.isBefore(other) ? one : other));
        return first;
    }

    @Override
    public Map<AccountId, Cost> upstreamCosts() {
        Map<AccountId, Cost> costs = new HashMap<>();
        settlements.get().stream()
                .flatMap(call -> call.attempts().stream())
                .forEach(attempt -> costs.merge(attempt.accountId(), attempt.upstreamCost(), Cost::plus));
        return costs;
    }

    @Override
    public Latencies latencies(Span span, Slice only) {
        Latencies all = Latencies.NONE;
        for (Settlement call : in(span, only).toList()) {
            all = all.plus(Latencies.of(call.timing()));
        }
        return all;
    }

    @Override
    public Map<Subject, Map<WindowKey, Spent>> used(Collection<Subject> subjects) {
        Map<Subject, Map<WindowKey, Spent>> used = new HashMap<>();
        for (Settlement call : settlements.get()) {
            Spent spent = new Spent(call.charge().total(), Money.ZERO);
            call.ticket().windows().stream()
                    .filter(of -> subjects.contains(of.subject()))
                    .forEach(of -> of.windows()
                            .forEach(window -> used.computeIfAbsent(of.subject(), absent -> new HashMap<>())
                                    .merge(window, spent, (one, other) -> one.charge(other.used()))));
        }
        return used;
    }

    private <K> Map<K, Totals> all(Function<Settlement, @Nullable K> key, Predicate<@Nullable K> wanted) {
        Map<K, Totals> sums = new HashMap<>();
        settlements.get().stream()
                .filter(call -> wanted.test(key.apply(call)))
                .forEach(call -> sums.merge(key.apply(call), totals(call), Totals::plus));
        return sums;
    }

    private Stream<Settlement> in(Span span, Slice only) {
        return settlements.get().stream()
                .filter(call -> !call.ticket().admittedAt().isBefore(span.from())
                        && call.ticket().admittedAt().isBefore(span.until()))
                .filter(call -> is(only.user(), call.ticket().caller().userId())
                        && is(only.key(), call.ticket().caller().apiKeyId())
                        && is(only.account(), account(call))
                        && is(only.model(), call.ticket().asked().model()));
    }

    private static boolean matches(RecordFilter filter, UsageRecord record) {
        return is(filter.user(), record.caller().userId())
                && is(filter.key(), record.caller().apiKeyId())
                && is(filter.account(), record.result().account())
                && is(filter.status(), record.result().status())
                && is(filter.request(), record.id())
                && (filter.model() == null
                        || filter.model().equals(record.asked().model())
                        || filter.model().equals(record.asked().requestedModel()))
                && (filter.from() == null || !record.occurredAt().isBefore(filter.from()))
                && (filter.until() == null || record.occurredAt().isBefore(filter.until()));
    }

    private static boolean is(@Nullable Object wanted, @Nullable Object given) {
        return wanted == null || wanted.equals(given);
    }

    private static Slice slice(Settlement call, Set<Slice.Dimension> by) {
        return new Slice(
                by.contains(Slice.Dimension.USER) ? call.ticket().caller().userId() : null,
                by.contains(Slice.Dimension.API_KEY) ? call.ticket().caller().apiKeyId() : null,
                by.contains(Slice.Dimension.ACCOUNT) ? account(call) : null,
                by.contains(Slice.Dimension.MODEL) ? call.ticket().asked().model() : null);
    }

    private static @Nullable AccountId account(Settlement call) {
        return call.attempts().isEmpty() ? null : call.attempts().getLast().accountId();
    }

    private static Totals totals(Settlement call) {
        UsageRecord record = record(call);
        return new Totals(
                1,
                FAILED.contains(call.status()) ? 1 : 0,
                record.tokens().input(),
                record.tokens().output(),
                record.tokens().cacheRead(),
                record.tokens().cacheWrite(),
                call.charge().total(),
                record.occurredAt());
    }

    private static UsageRecord record(Settlement call) {
        Payer payer = call.ticket().hold().payer();
        UserPackageId held = payer instanceof Payer.OfPackage ofPackage ? ofPackage.id() : null;
        AttemptRecord last = call.attempts().isEmpty() ? null : call.attempts().getLast();
        UsageRecord.Result result = new UsageRecord.Result(
                account(call),
                last == null ? null : last.accountType().wireName(),
                last == null ? null : last.sentModel(),
                call.status(),
                call.httpStatus(),
                call.attempts().size(),
                call.usageSource(),
                call.ticket().hold().clamped(),
                List.copyOf(call.flags()),
                call.timing());
        CostBreakdown costs = call.charge().breakdown();
        return new UsageRecord(
                call.id(),
                call.ticket().admittedAt(),
                call.ticket().caller(),
                call.ticket().asked(),
                held,
                result,
                call.usage().tokens(),
                new UsageRecord.Costs(
                        costs.input(),
                        costs.output(),
                        costs.cacheRead(),
                        costs.cacheWrite(),
                        costs.other(),
                        costs.total(),
                        call.upstreamCost(),
                        call.charge().total()));
    }
}
