package dev.tollgate.persistence.sql.usage;

import dev.tollgate.domain.relay.AttemptRecord;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.domain.relay.Settlement;
import dev.tollgate.domain.usage.TokenClass;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One attempt on its way into {@code usage_attempt}, as part of a record's entry. */
record AttemptRow(Settlement settlement, int entry, AttemptRecord attempt) {
    private static final int FAILURE_MAX = 64;

    private static final List<String> FACTS = List.of(
            "request_id",
            "entry",
            "attempt",
            "batch_id",
            "user_id",
            "account_id",
            "account_type",
            "upstream_model",
            "started_at",
            "ended_at",
            "http_status",
            "failure");
    private static final List<String> NUMBERS = List.of(
            "tries",
            "failures",
            "input_tokens",
            "output_tokens",
            "cache_read_tokens",
            "cache_write_5m_tokens",
            "cache_write_1h_tokens",
            "upstream_cost_picos");

    static final String INSERT = Statements.insert("usage_attempt", FACTS, NUMBERS);

    /** Takes back every attempt of an orphan's entry, as part of the next one. */
    static final String TAKE_BACK =
            "INSERT INTO usage_attempt (request_id, entry, attempt, batch_id, user_id, account_id,"
                    + " account_type, upstream_model, started_at, ended_at, http_status, failure, "
                    + String.join(", ", NUMBERS)
                    + ") SELECT request_id, 1, attempt, b.batch_id, user_id, account_id, account_type, upstream_model, started_at,"
                    + " ended_at, http_status, failure, -" + String.join(", -", NUMBERS)
                    + " FROM usage_attempt, (SELECT batch_id FROM usage_record WHERE request_id = ? AND entry = 1) b"
                    + " WHERE request_id = ? AND entry = 0";

    static List<AttemptRow> of(Settlement settlement, int entry) {
        return settlement.attempts().stream()
                .map(attempt -> new AttemptRow(settlement, entry, attempt))
                .toList();
    }

    /** The values of {@link #INSERT}. */
    @Nullable
    Object[] values(long batchId) {
        RequestId id = settlement.id();
        List<@Nullable Object> values = new ArrayList<>(FACTS.size() + NUMBERS.size());
        values.addAll(List.of(RequestIds.bytes(id), entry, attempt.number(), batchId));
        values.addAll(List.of(
                settlement.ticket().caller().userId().value(),
                attempt.accountId().value(),
                attempt.accountType().wireName(),
                Cut.to(Cut.MODEL_MAX, attempt.sentModel()),
                attempt.startedAt().toEpochMilli(),
                attempt.endedAt().toEpochMilli()));
        values.add(attempt.httpStatus());
        values.add(Cut.orNull(FAILURE_MAX, attempt.failure()));
        values.addAll(List.of(
                1,
                attempt.failure() == null ? 0 : 1,
                attempt.tokens().input(),
                attempt.tokens().output()));
        values.addAll(List.of(
                attempt.tokens().cacheRead(),
                attempt.tokens().of(TokenClass.CACHE_WRITE_5M),
                attempt.tokens().of(TokenClass.CACHE_WRITE_1H),
                attempt.upstreamCost().picos()));
        return values.toArray();
    }
}
