package dev.tollgate.web.admin.usage;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.tollgate.domain.relay.AttemptRecord;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import org.jspecify.annotations.Nullable;

/** One try at one account, as it is shown. */
@Serdeable(naming = SnakeCaseStrategy.class)
public record AttemptView(
        int number,
        long accountId,
        String accountType,
        String sentModel,
        String startedAt,
        String endedAt,
        @Nullable Integer httpStatus,
        @Nullable String failure,
        @JsonUnwrapped TokensView tokens,
        String upstreamCost) {
    static AttemptView from(AttemptRecord attempt) {
        return new AttemptView(
                attempt.number(),
                attempt.accountId().value(),
                attempt.accountType().wireName(),
                attempt.sentModel(),
                attempt.startedAt().toString(),
                attempt.endedAt().toString(),
                attempt.httpStatus(),
                attempt.failure(),
                TokensView.from(attempt.tokens()),
                attempt.upstreamCost().text());
    }
}
