package dev.tollgate.application.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.tollgate.application.usage.Slice.Dimension;
import dev.tollgate.application.usage.UsageQueries.Bucket;
import dev.tollgate.application.usage.UsageQueries.Step;
import dev.tollgate.application.usage.UsageRecords.Detail;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.apikey.ApiKeyId;
import dev.tollgate.domain.entitlement.Spent;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Cost;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.CallStatus;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.domain.relay.Settlement;
import dev.tollgate.domain.relay.Subject;
import dev.tollgate.domain.relay.SubjectKind;
import dev.tollgate.domain.relay.Ticket;
import dev.tollgate.domain.relay.Timing;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every reader of recorded usage does. */
public abstract class UsageReadsContract {
    private static final Instant NOON = SteppedClock.NOON;
    private static final UserId OTHER = new UserId(8);

    protected abstract UsageRecords records();

    protected abstract UsageQueries queries();

    protected abstract SubjectUsage subjects();

    protected abstract void record(List<Settlement> settlements);

    @Test
    void a_record_tells_what_was_settled() {
        Settlement call = call(NOON, Calls.USER, 250);
        record(List.of(call));

        Detail detail = records().find(call.id()).orElseThrow();

        assertThat(detail.charge()).isEqualTo(call.charge());
        assertThat(detail.attempts()).isEqualTo(call.attempts());
        UsageRecord record = detail.record();
        assertThat(record.id()).isEqualTo(call.id());
        assertThat(record.occurredAt()).isEqualTo(NOON);
        assertThat(record.caller()).isEqualTo(call.ticket().caller());
        assertThat(record.asked()).isEqualTo(call.ticket().asked());
        assertThat(record.tokens()).isEqualTo(call.usage().tokens());
        assertThat(record.result().account()).isEqualTo(Calls.ACCOUNT);
        assertThat(record.result().timing()).isEqualTo(call.timing());
        assertThat(record.costs().total()).isEqualTo(Money.ofNanos(250));
        assertThat(record.costs().upstream()).isEqualTo(call.upstreamCost());
        assertThat(records().list(RecordFilter.ALL, null, 9)).containsExactly(record);
    }

    @Test
    void there_is_no_record_of_a_call_that_was_not_recorded() {
        assertThat(records().find(Calls.id())).isEmpty();
        assertThat(records().list(RecordFilter.ALL, null, 9)).isEmpty();
    }

    @Test
    void records_come_newest_first_and_go_on_after_a_given_one() {
        Settlement first = call(NOON, Calls.USER, 1);
        Settlement second = call(NOON.plusMillis(1), Calls.USER, 2);
        Settlement third = call(NOON.plusSeconds(1), OTHER, 3);
        record(List.of(second, first, third));

        assertThat(ids(records().list(RecordFilter.ALL, null, 2))).containsExactly(third.id(), second.id());
        assertThat(ids(records().list(RecordFilter.ALL, second.id(), 2))).containsExactly(first.id());
        assertThat(ids(records().list(RecordFilter.ALL.of(Calls.USER), null, 9)))
                .containsExactly(second.id(), first.id());
    }

    @Test
    void records_of_one_instant_are_neither_lost_nor_repeated_between_pages() {
        List<Settlement> calls =
                Stream.generate(() -> call(NOON, Calls.USER, 1)).limit(5).toList();
        record(calls);

        List<RequestId> all = ids(records().list(RecordFilter.ALL, null, 9));
        List<RequestId> rest = ids(records().list(RecordFilter.ALL, all.get(1), 9));

        assertThat(all).hasSize(5).doesNotHaveDuplicates();
        assertThat(rest).isEqualTo(all.subList(2, 5));
    }

    @Test
    void every_filter_narrows_the_list() {
        Settlement call = call(NOON, Calls.USER, 1);
        record(List.of(call));

        assertThat(matches(filter(Calls.USER, Calls.KEY, Calls.ACCOUNT, "model-a", CallStatus.COMPLETED)))
                .isTrue();
        assertThat(matches(filter(OTHER, null, null, null, null))).isFalse();
        assertThat(matches(filter(null, new ApiKeyId(1), null, null, null))).isFalse();
        assertThat(matches(filter(null, null, new AccountId(1), null, null))).isFalse();
        assertThat(matches(filter(null, null, null, "model-b", null))).isFalse();
        assertThat(matches(filter(null, null, null, null, CallStatus.TIMEOUT))).isFalse();
        assertThat(matches(within(NOON, NOON.plusMillis(1)))).isTrue();
        assertThat(matches(within(NOON.plusMillis(1), null))).isFalse();
        assertThat(matches(within(null, NOON))).isFalse();
    }

    @Test
    void an_orphan_that_was_settled_after_all_is_one_record_with_the_final_result() {
        Ticket ticket = Calls.ticket(Calls.id(), Money.ofNanos(500));
        record(List.of(Calls.orphan(ticket, 100)));
        record(List.of(Calls.settled(ticket, 300)));

        UsageRecord record = records().find(ticket.id()).orElseThrow().record();

        assertThat(record.result().status()).isEqualTo(CallStatus.COMPLETED);
        assertThat(record.costs().total()).isEqualTo(Money.ofNanos(300));
        assertThat(record.tokens().output()).isEqualTo(300);
        assertThat(records().list(filter(null, null, null, null, CallStatus.COMPLETED), null, 9))
                .containsExactly(record);
        assertThat(matches(filter(null, null, null, null, CallStatus.ORPHAN))).isFalse();
        assertThat(sum(new Span(NOON, NOON.plusMillis(1))).requests()).isEqualTo(1);
        assertThat(sum(new Span(NOON, NOON.plusMillis(1))).cost()).isEqualTo(Money.ofNanos(300));
    }

    @Test
    void sums_are_exact_at_both_ends_of_any_span() {
        Instant start = Instant.parse("2026-11-18T23:59:59.999Z");
        Instant end = Instant.parse("2026-11-21T00:07:00Z");
        record(List.of(
                call(start.minusMillis(1), Calls.USER, 1),
                call(start, Calls.USER, 10),
                call(Instant.parse("2026-11-19T12:00:00Z"), Calls.USER, 100),
                call(Instant.parse("2026-11-20T23:59:59.999Z"), Calls.USER, 1_000),
                call(end.minusMillis(1), Calls.USER, 10_000),
                call(end, Calls.USER, 100_000)));

        Totals sum = sum(new Span(start, end));

        assertThat(sum.cost()).isEqualTo(Money.ofNanos(11_110));
        assertThat(sum.requests()).isEqualTo(4);
        assertThat(sum.outputTokens()).isEqualTo(11_110);
        assertThat(sum.lastUsedAt()).isEqualTo(end.minusMillis(1));
        assertThat(queries().sums(new Span(end.plusMillis(1), end.plusSeconds(1)), Set.of(), Slice.ALL))
                .isEmpty();
    }

    @Test
    void sums_are_cut_by_any_dimensions_and_of_any_slice() {
        record(List.of(call(NOON, Calls.USER, 1), call(NOON, OTHER, 20), call(NOON.plusSeconds(1), OTHER, 300)));
        Span day = new Span(Instant.parse("2026-11-21T00:00:00Z"), Instant.parse("2026-11-22T00:00:00Z"));

        assertThat(costs(queries().sums(day, Set.of(Dimension.USER), Slice.ALL)))
                .isEqualTo(Map.of(Slice.of(Calls.USER), Money.ofNanos(1), Slice.of(OTHER), Money.ofNanos(320)));
        assertThat(costs(queries().sums(day, Set.of(Dimension.ACCOUNT), Slice.of(OTHER))))
                .isEqualTo(Map.of(Slice.of(Calls.ACCOUNT), Money.ofNanos(320)));
        assertThat(costs(queries().sums(day, Set.of(Dimension.API_KEY, Dimension.MODEL), Slice.of(Calls.ACCOUNT))))
                .isEqualTo(Map.of(new Slice(null, Calls.KEY, null, "model-a"), Money.ofNanos(321)));
    }

    @Test
    void a_series_has_the_sums_of_each_step_that_was_used() {
        record(List.of(
                call(NOON, Calls.USER, 1),
                call(NOON.plusSeconds(899), Calls.USER, 2),
                call(NOON.plusSeconds(900), Calls.USER, 3)));
        Span span = new Span(Instant.parse("2026-11-20T00:00:00Z"), Instant.parse("2026-11-22T00:00:00Z"));

        assertThat(queries().series(span, Step.QUARTER_HOUR, Set.of(), Slice.ALL))
                .extracting(Bucket::start, bucket -> bucket.totals().cost().nanos())
                .containsExactlyInAnyOrder(tuple(NOON, 3L), tuple(NOON.plusSeconds(900), 3L));
        assertThat(queries().series(span, Step.DAY, Set.of(Dimension.MODEL), Slice.ALL))
                .singleElement()
                .satisfies(bucket -> {
                    assertThat(bucket.start()).isEqualTo(Instant.parse("2026-11-21T00:00:00Z"));
                    assertThat(bucket.slice()).isEqualTo(new Slice(null, null, null, "model-a"));
                    assertThat(bucket.totals().requests()).isEqualTo(3);
                });
    }

    @Test
    void all_time_sums_are_kept_of_users_keys_and_accounts() {
        record(List.of(call(NOON.minusSeconds(9_999_999), Calls.USER, 1), call(NOON, OTHER, 20)));

        assertThat(queries().users(List.of(Calls.USER, OTHER, new UserId(99))))
                .containsOnlyKeys(Calls.USER, OTHER)
                .extractingByKey(OTHER)
                .satisfies(totals -> assertThat(totals.cost()).isEqualTo(Money.ofNanos(20)));
        assertThat(queries().keys(List.of(Calls.KEY)).get(Calls.KEY).cost()).isEqualTo(Money.ofNanos(21));
        assertThat(queries().accounts().get(Calls.ACCOUNT).requests()).isEqualTo(2);
        assertThat(queries().accounts().get(Calls.ACCOUNT).lastUsedAt()).isEqualTo(NOON);
        assertThat(queries().firstUses()).isEqualTo(Map.of(Calls.ACCOUNT, NOON.minusSeconds(9_999_999)));
        assertThat(queries().users(List.of())).isEmpty();
        assertThat(queries().upstreamCosts()).isEqualTo(Map.of(Calls.ACCOUNT, Cost.ofPicos(21 * 900)));
    }

    @Test
    void latencies_are_counted_by_how_long_calls_took() {
        record(List.of(call(NOON, Calls.USER, 1), call(NOON, OTHER, 1)));
        Span hour = new Span(NOON, NOON.plusSeconds(3600));

        assertThat(queries().latencies(hour, Slice.ALL))
                .isEqualTo(Latencies.of(new Timing(120, 40L)).plus(Latencies.of(new Timing(120, 40L))));
        assertThat(queries().latencies(hour, Slice.of(OTHER))).isEqualTo(Latencies.of(new Timing(120, 40L)));
        assertThat(queries().latencies(new Span(NOON.plusSeconds(3600), NOON.plusSeconds(7200)), Slice.ALL))
                .isEqualTo(Latencies.NONE);
    }

    @Test
    void what_was_used_in_a_subjects_windows_is_known() {
        record(List.of(call(NOON, Calls.USER, 5), call(NOON, Calls.USER, 7)));
        Subject unused = new Subject(SubjectKind.CREDIT, 7);

        assertThat(subjects().used(List.of(Calls.PACKAGE, unused)))
                .isEqualTo(Map.of(
                        Calls.PACKAGE,
                        Map.of(
                                Calls.TOTAL,
                                new Spent(Money.ofNanos(12), Money.ZERO),
                                Calls.DAY.key(),
                                new Spent(Money.ofNanos(12), Money.ZERO))));
    }

    private Totals sum(Span span) {
        return queries().sums(span, Set.of(), Slice.ALL).get(Slice.ALL);
    }

    private boolean matches(RecordFilter filter) {
        return !records().list(filter, null, 9).isEmpty();
    }

    private static Map<Slice, Money> costs(Map<Slice, Totals> sums) {
        Map<Slice, Money> costs = new HashMap<>();
        sums.forEach((slice, totals) -> costs.put(slice, totals.cost()));
        return costs;
    }

    private static RecordFilter filter(UserId user, ApiKeyId key, AccountId account, String model, CallStatus status) {
        return new RecordFilter(user, key, account, model, status, null, null, null);
    }

    private static RecordFilter within(Instant from, Instant until) {
        return new RecordFilter(null, null, null, null, null, null, from, until);
    }

    private static List<RequestId> ids(List<UsageRecord> records) {
        return records.stream().map(UsageRecord::id).toList();
    }

    private static Settlement call(Instant at, UserId user, long tokens) {
        return Calls.settled(Calls.ticket(Calls.id(at), user, Money.ofNanos(tokens)), tokens);
    }
}
