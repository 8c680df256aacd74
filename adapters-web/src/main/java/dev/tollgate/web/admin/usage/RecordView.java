package dev.tollgate.web.admin.usage;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.tollgate.application.usage.UsageRecord;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.domain.entitlement.UserPackageId;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One call's record, as it is shown. */
@Serdeable(naming = SnakeCaseStrategy.class)
public record RecordView(
        String requestId,
        String occurredAt,
        @JsonUnwrapped Parties parties,
        @JsonUnwrapped Course course,
        @JsonUnwrapped TokensView tokens,
        @JsonUnwrapped CostsView costs,
        @Nullable String clientIp,
        @Nullable String userAgent) {
    public static RecordView from(UsageRecord record) {
        return new RecordView(
                record.id().text(),
                record.occurredAt().toString(),
                Parties.from(record),
                Course.from(record),
                TokensView.from(record),
                CostsView.from(record),
                record.caller().clientIp(),
                record.caller().userAgent());
    }

    /** The record as its user sees it: without what tells of the account behind. */
    public static RecordView forUser(UsageRecord record) {
        RecordView whole = from(record);
        return new RecordView(
                whole.requestId,
                whole.occurredAt,
                whole.parties.withoutAccount(),
                whole.course.withoutUpstream(),
                whole.tokens,
                whole.costs.withoutUpstream(),
                whole.clientIp,
                whole.userAgent);
    }

    /** Who called, who paid and who served. */
    @Serdeable(naming = SnakeCaseStrategy.class)
    public record Parties(
            long userId,
            long apiKeyId,
            @Nullable Long accountId,
            @Nullable Long userPackageId,
            String platform,
            @Nullable String accountType) {
        Parties withoutAccount() {
            return new Parties(userId, apiKeyId, null, userPackageId, platform, null);
        }

        static Parties from(UsageRecord record) {
            AccountId account = record.result().account();
            UserPackageId held = record.packageId();
            return new Parties(
                    record.caller().userId().value(),
                    record.caller().apiKeyId().value(),
                    account == null ? null : account.value(),
                    held == null ? null : held.value(),
                    record.asked().platform(),
                    record.result().accountType());
        }
    }

    /** What was asked and how it went. */
    @Serdeable(naming = SnakeCaseStrategy.class)
    public record Course(
            String requestedModel,
            String model,
            @Nullable String upstreamModel,
            String dialect,
            boolean stream,
            String status,
            int httpStatus,
            long attempts,
            String usageSource,
            boolean clamped,
            List<String> flags,
            long latencyMs,
            @Nullable Long firstTokenMs) {
        Course withoutUpstream() {
            return new Course(
                    requestedModel,
                    model,
                    null,
                    dialect,
                    stream,
                    status,
                    httpStatus,
                    attempts,
                    usageSource,
                    clamped,
                    flags,
                    latencyMs,
                    firstTokenMs);
        }

        static Course from(UsageRecord record) {
            UsageRecord.Result result = record.result();
            return new Course(
                    record.asked().requestedModel(),
                    record.asked().model(),
                    result.upstreamModel(),
                    record.asked().dialect(),
                    record.asked().stream(),
                    Words.of(result.status()),
                    result.httpStatus(),
                    result.attempts(),
                    Words.of(result.usageSource()),
                    result.clamped(),
                    result.flags(),
                    result.timing().latencyMillis(),
                    result.timing().firstTokenMillis());
        }
    }
}
