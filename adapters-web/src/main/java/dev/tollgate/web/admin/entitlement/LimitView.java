package dev.tollgate.web.admin.entitlement;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tollgate.application.relay.LimitName;
import dev.tollgate.application.relay.TellKeyUsage.KeyLimit;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A limit that calls meet, as it is shown; money as texts, counts as numbers.
 *
 * @param used null, as {@code held} and {@code remaining} are, for a count nobody can be asked for now
 */
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
public record LimitView(
        String name,
        @Nullable String window,
        Object limit,
        @Nullable Object used,
        @Nullable Object held,
        @Nullable Object remaining,
        @Nullable Instant resetsAt) {
    public static LimitView from(KeyLimit told) {
        LimitName name = told.name();
        String shown = lower(name.subject()) + "_" + lower(name.measure());
        String window = name.window() == null ? null : lower(name.window());
        return switch (told) {
            case KeyLimit.OfMoney(var unused, var limit, var spent, var resetsAt) ->
                new LimitView(
                        shown,
                        window,
                        limit.text(),
                        spent.used().text(),
                        spent.held().text(),
                        spent.remaining(limit).text(),
                        resetsAt);
            case KeyLimit.OfCount count ->
                new LimitView(
                        shown,
                        window,
                        count.limit(),
                        count.used(),
                        count.held(),
                        count.used() == null || count.held() == null
                                ? null
                                : Math.max(0, count.limit() - count.used() - count.held()),
                        count.resetsAt());
        };
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
