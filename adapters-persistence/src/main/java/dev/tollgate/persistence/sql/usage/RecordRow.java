package dev.tollgate.persistence.sql.usage;

import dev.tollgate.domain.entitlement.Payer;
import dev.tollgate.domain.pricing.CostBreakdown;
import dev.tollgate.domain.relay.AttemptRecord;
import dev.tollgate.domain.relay.CallStatus;
import dev.tollgate.domain.relay.Settlement;
import dev.tollgate.domain.relay.Ticket;
import dev.tollgate.domain.usage.TokenClass;
import dev.tollgate.domain.usage.TokenUsage;
import dev.tollgate.persistence.codec.UsageCodec;
import dev.tollgate.persistence.codec.WindowsText;
import dev.tollgate.persistence.sql.Row;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a record on its way into {@code usage_record}.
 *
 * @param numbers what adds up over a record's entries, in the order of {@link #NUMBERS}
 */
@SuppressWarnings("ArrayRecordComponent") // built once, never compared
record RecordRow(Settlement settlement, int entry, Served served, long[] numbers) {
    static final List<String> NUMBERS = List.of(
            "requests",
            "errors",
            "attempts",
            "input_tokens",
            "output_tokens",
            "cache_read_tokens",
            "cache_write_5m_tokens",
            "cache_write_1h_tokens",
            "reasoning_tokens",
            "audio_input_tokens",
            "audio_output_tokens",
            "image_input_tokens",
            "image_output_tokens",
            "input_cost_picos",
            "output_cost_picos",
            "cache_read_cost_picos",
            "cache_write_cost_picos",
            "other_cost_picos",
            "base_cost_picos",
            "upstream_cost_picos",
            "total_cost_nanos");

    private static final List<String> FACTS = List.of(
            "request_id",
            "entry",
            "batch_id",
            "occurred_at",
            "recorded_at",
            "user_id",
            "api_key_id",
            "account_id",
            "payer",
            "user_package_id",
            "platform",
            "account_type",
            "dialect",
            "requested_model",
            "model",
            "upstream_model",
            "stream",
            "status",
            "http_status",
            "usage_source",
            "clamped",
            "flags",
            "price_version",
            "multiplier_trillionths",
            "hold_nanos",
            "client_ip",
            "user_agent",
            "idempotency",
            "latency_ms",
            "first_token_ms",
            "usage_json",
            "line_items_json",
            "windows");

    static final String INSERT = Statements.insert("usage_record", FACTS, NUMBERS);
    static final String KEPT = " ON DUPLICATE KEY UPDATE request_id = request_id";

    private static final int TEXT_MAX = 512;
    private static final int ADDRESS_MAX = 64;
    private static final int PLATFORM_MAX = 64;
    private static final int DIALECT_MAX = 32;
    private static final int DIGEST_MAX = 128;

    /** A call's whole result as entry 0. */
    static RecordRow whole(Settlement settlement) {
        return new RecordRow(settlement, 0, Served.by(settlement.attempts()), numbersOf(settlement));
    }

    /** What a final result adds to an orphan's entry; if another account served, that entry is taken back first. */
    static List<RecordRow> missing(Settlement settlement, Recorded orphan) {
        Served served = Served.by(settlement.attempts());
        long[] last = numbersOf(settlement);
        if (served.equals(orphan.served())) {
            return List.of(new RecordRow(settlement, 1, served, minus(last, orphan.numbers())));
        }
        long[] back = minus(new long[last.length], orphan.numbers());
        return List.of(new RecordRow(settlement, 1, orphan.served(), back), new RecordRow(settlement, 2, served, last));
    }

    private static long[] minus(long[] whole, long[] part) {
        long[] rest = new long[whole.length];
        Arrays.setAll(rest, i -> Math.subtractExact(whole[i], part[i]));
        return rest;
    }

    private static long[] numbersOf(Settlement settlement) {
        TokenUsage tokens = settlement.usage().tokens();
        CostBreakdown costs = settlement.charge().breakdown();
        return new long[] {
            1,
            settlement.status().isError() ? 1 : 0,
            settlement.attempts().size(),
            tokens.input(),
            tokens.output(),
            tokens.cacheRead(),
            tokens.of(TokenClass.CACHE_WRITE_5M),
            tokens.of(TokenClass.CACHE_WRITE_1H),
            tokens.of(TokenClass.REASONING),
            tokens.of(TokenClass.AUDIO_INPUT),
            tokens.of(TokenClass.AUDIO_OUTPUT),
            tokens.of(TokenClass.IMAGE_INPUT),
            tokens.of(TokenClass.IMAGE_OUTPUT),
            costs.input().picos(),
            costs.output().picos(),
            costs.cacheRead().picos(),
            costs.cacheWrite().picos(),
            costs.other().picos(),
            costs.total().picos(),
            settlement.upstreamCost().picos(),
            settlement.charge().total().nanos()
        };
    }

    long requests() {
        return numbers[0];
    }

    long costNanos() {
        return numbers[numbers.length - 1];
    }

    /** The values of {@link #INSERT}. */
    @Nullable
    Object[] values(long batchId, long nowMillis) {
        List<@Nullable Object> values = new ArrayList<>(FACTS.size() + NUMBERS.size());
        Ticket ticket = settlement.ticket();
        values.addAll(List.of(RequestIds.bytes(ticket.id()), entry, batchId));
        values.addAll(List.of(ticket.admittedAt().toEpochMilli(), nowMillis));
        values.addAll(List.of(
                ticket.caller().userId().value(), ticket.caller().apiKeyId().value(), served.accountId()));
        addAsked(values, ticket);
        addResult(values, ticket);
        for (long number : numbers) {
            values.add(number);
        }
        return values.toArray();
    }

    private void addAsked(List<@Nullable Object> values, Ticket ticket) {
        switch (ticket.hold().payer()) {
            case Payer.OfPackage held ->
                values.addAll(List.of("package", held.id().value()));
            case Payer.OfCredit credit -> values.addAll(List.of("credit", 0L));
            case Payer.Metered metered -> values.addAll(List.of("metered", 0L));
        }
        values.addAll(List.of(
                Cut.to(PLATFORM_MAX, ticket.asked().platform()),
                served.accountType(),
                Cut.to(DIALECT_MAX, ticket.asked().dialect()),
                Cut.to(Cut.MODEL_MAX, ticket.asked().requestedModel()),
                Cut.to(Cut.MODEL_MAX, ticket.asked().model()),
                served.model(),
                ticket.asked().stream()));
    }

    private void addResult(List<@Nullable Object> values, Ticket ticket) {
        values.addAll(List.of(
                settlement.status(),
                settlement.httpStatus(),
                settlement.usageSource(),
                ticket.hold().clamped(),
                Cut.to(TEXT_MAX, String.join(",", settlement.flags())),
                ticket.asked().priceVersion().value(),
                settlement.charge().multiplier(),
                ticket.hold().amount()));
        values.add(Cut.orNull(ADDRESS_MAX, ticket.caller().clientIp()));
        values.add(Cut.orNull(TEXT_MAX, ticket.caller().userAgent()));
        values.add(Cut.orNull(DIGEST_MAX, ticket.idempotency()));
        boolean isTimed = settlement.status() != CallStatus.ORPHAN && isNotTakenBack();
        values.add(isTimed ? settlement.timing().latencyMillis() : null);
        values.add(isTimed ? settlement.timing().firstTokenMillis() : null);
        values.addAll(List.of(
                UsageCodec.text(settlement.usage()),
                UsageCodec.text(settlement.charge().breakdown().items()),
                WindowsText.write(ticket.windows())));
    }

    /** An entry that only takes another back has no time of its own. */
    private boolean isNotTakenBack() {
        return requests() >= 0;
    }

    /** Who served a call in the end, as the table has it; nobody is account 0. */
    record Served(long accountId, String accountType, String model) {
        static Served by(List<AttemptRecord> attempts) {
            if (attempts.isEmpty()) {
                return new Served(0, "", "");
            }
            AttemptRecord last = attempts.getLast();
            return new Served(
                    last.accountId().value(), last.accountType().wireName(), Cut.to(Cut.MODEL_MAX, last.sentModel()));
        }
    }

    /** The part of an entry that is in the table already. */
    @SuppressWarnings("ArrayRecordComponent") // read once, never compared
    record Recorded(int entry, boolean isOrphan, Served served, long[] numbers) {
        static final String SELECT = "SELECT entry, status, account_id, account_type, upstream_model, "
                + String.join(", ", NUMBERS) + " FROM usage_record WHERE request_id = ? ORDER BY entry";

        long requests() {
            return numbers[0];
        }

        long costNanos() {
            return numbers[numbers.length - 1];
        }

        static Recorded of(Row row) throws SQLException {
            long[] numbers = new long[NUMBERS.size()];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = row.number(NUMBERS.get(i));
            }
            return new Recorded(
                    row.integer("entry"),
                    row.text("status").equals("orphan"),
                    new Served(row.number("account_id"), row.text("account_type"), row.text("upstream_model")),
                    numbers);
        }
    }
}
