package dev.tollgate.persistence.sql.usage.query;

import dev.tollgate.application.usage.UsageRecord;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.apikey.ApiKeyId;
import dev.tollgate.domain.entitlement.UserPackageId;
import dev.tollgate.domain.identity.UserId;
import dev.tollgate.domain.money.Cost;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.money.Multiplier;
import dev.tollgate.domain.pricing.PriceVersionId;
import dev.tollgate.domain.relay.Asked;
import dev.tollgate.domain.relay.CallStatus;
import dev.tollgate.domain.relay.Caller;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.domain.relay.Timing;
import dev.tollgate.domain.relay.UsageSource;
import dev.tollgate.domain.usage.TokenClass;
import dev.tollgate.domain.usage.TokenUsage;
import dev.tollgate.persistence.sql.Row;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One call's record out of its entries, read in their order: numbers add up, of everything else the last one counts. */
final class RecordFold {
    private static final List<String> NUMBERS = List.of(
            "attempts",
            "latency_ms",
            "first_token_ms",
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

    private final Map<String, Long> sums = new HashMap<>();

    /** Adds an entry; the record as it is with it. */
    UsageRecord add(Row row) throws SQLException {
        for (String column : NUMBERS) {
            Long number = row.numberOrNull(column);
            if (number != null) {
                sums.merge(column, number, Math::addExact);
            }
        }
        RequestId id = RequestIds.of(row.bytes("request_id"));
        long held = row.number("user_package_id");
        return new UsageRecord(
                id,
                row.instantOfMillis("occurred_at"),
                new Caller(
                        new UserId(row.number("user_id")),
                        new ApiKeyId(row.number("api_key_id")),
                        row.textOrNull("client_ip"),
                        row.textOrNull("user_agent")),
                asked(row),
                held == 0 ? null : new UserPackageId(held),
                result(row),
                tokens(),
                costs());
    }

    private static Asked asked(Row row) throws SQLException {
        return new Asked(
                row.text("dialect"),
                row.text("requested_model"),
                row.text("model"),
                row.text("platform"),
                row.flag("stream"),
                new PriceVersionId(row.number("price_version")),
                new Multiplier(row.number("multiplier_trillionths")));
    }

    private UsageRecord.Result result(Row row) throws SQLException {
        long account = row.number("account_id");
        return new UsageRecord.Result(
                account == 0 ? null : new AccountId(account),
                orNull(row.text("account_type")),
                orNull(row.text("upstream_model")),
                row.constant("status", CallStatus.class),
                row.integer("http_status"),
                sum("attempts"),
                row.constant("usage_source", UsageSource.class),
                row.flag("clamped"),
                Arrays.stream(row.text("flags").split("[, ]+"))
                        .filter(flag -> !flag.isEmpty())
                        .toList(),
                new Timing(sum("latency_ms"), sums.get("first_token_ms")));
    }

    private TokenUsage tokens() {
        Map<TokenClass, Long> counts = new EnumMap<>(TokenClass.class);
        counts.put(TokenClass.AUDIO_INPUT, sum("audio_input_tokens"));
        counts.put(TokenClass.IMAGE_INPUT, sum("image_input_tokens"));
        counts.put(TokenClass.INPUT, sum("input_tokens") - sum("audio_input_tokens") - sum("image_input_tokens"));
        counts.put(TokenClass.CACHE_READ, sum("cache_read_tokens"));
        counts.put(TokenClass.CACHE_WRITE_5M, sum("cache_write_5m_tokens"));
        counts.put(TokenClass.CACHE_WRITE_1H, sum("cache_write_1h_tokens"));
        counts.put(TokenClass.REASONING, sum("reasoning_tokens"));
        counts.put(TokenClass.AUDIO_OUTPUT, sum("audio_output_tokens"));
        counts.put(TokenClass.IMAGE_OUTPUT, sum("image_output_tokens"));
        counts.put(
                TokenClass.OUTPUT,
                sum("output_tokens")
                        - sum("reasoning_tokens")
                        - sum("audio_output_tokens")
                        - sum("image_output_tokens"));
        return new TokenUsage(counts);
    }

    private UsageRecord.Costs costs() {
        return new UsageRecord.Costs(
                cost("input_cost_picos"),
                cost("output_cost_picos"),
                cost("cache_read_cost_picos"),
                cost("cache_write_cost_picos"),
                cost("other_cost_picos"),
                cost("base_cost_picos"),
                cost("upstream_cost_picos"),
                Money.ofNanos(sum("total_cost_nanos")));
    }

    private Cost cost(String column) {
        return Cost.ofPicos(sum(column));
    }

    private long sum(String column) {
        return sums.getOrDefault(column, 0L);
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
