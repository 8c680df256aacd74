package dev.tollgate.bootstrap.metrics;

import dev.tollgate.application.pricing.PriceBook;
import dev.tollgate.application.relay.CallObserver;
import dev.tollgate.domain.account.AccountType;
import dev.tollgate.domain.account.Fault;
import dev.tollgate.domain.relay.Asked;
import dev.tollgate.domain.relay.AttemptRecord;
import dev.tollgate.domain.relay.Settlement;
import dev.tollgate.domain.relay.UsageSource;
import dev.tollgate.domain.usage.TokenUsage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts settled calls and attempts under the names of the contract. Models are bounded by the price list: those that are
 * not on it, whose names are the callers' own, count as one.
 */
@Singleton
final class MeteredCalls implements CallObserver {
    private static final Logger LOG = LoggerFactory.getLogger("tollgate.proxy");
    private static final String MODEL = "model";
    private static final String NOT_ON_THE_LIST = "unpriced";

    private final MeterRegistry registry;
    private final InstantSource clock;
    private final Counter unclassified;
    private final Counter journaledOnly;

    MeteredCalls(MeterRegistry registry, InstantSource clock) {
        this.registry = registry;
        this.clock = clock;
        this.unclassified = registry.counter("tollgate.usage.unclassified"); // there from the start, so that 0 is seen
        this.journaledOnly = registry.counter("tollgate.settled.by.journal");
    }

    @Override
    public void settled(Settlement settlement) {
        String model = model(settlement.ticket().asked());
        Tags call = Tags.of(
                "dialect",
                settlement.ticket().asked().dialect(),
                "platform",
                settlement.ticket().asked().platform(),
                MODEL,
                model,
                "status",
                lower(settlement.status()));
        registry.counter("tollgate.requests", call).increment();
        time(settlement, call);
        countTokens(settlement.usage().tokens(), model);
        registry.counter("tollgate.cost.usd", MODEL, model)
                .increment(settlement.charge().total().dollars().doubleValue());
        if (settlement.usageSource() != UsageSource.UPSTREAM) {
            unclassified.increment();
        }
        if (!settlement.flags().isEmpty()) {
            LOG.info(
                    "call {} ended {} with {}", settlement.id().text(), lower(settlement.status()), settlement.flags());
        }
    }

    @Override
    public void onlyJournaled(Settlement settlement) {
        journaledOnly.increment();
    }

    @Override
    public void attempted(String platform, AccountType type, Fault.@Nullable Kind failure) {
        String outcome = failure == null ? "served" : lower(failure);
        registry.counter(
                        "tollgate.upstream.attempts",
                        "platform",
                        platform,
                        "account_type",
                        type.wireName(),
                        "outcome",
                        outcome)
                .increment();
    }

    private void time(Settlement settlement, Tags call) {
        registry.timer("tollgate.request.duration", call)
                .record(Duration.ofMillis(settlement.timing().latencyMillis()));
        registry.timer("tollgate.overhead").record(overhead(settlement));
        Long firstToken = settlement.timing().firstTokenMillis();
        if (firstToken != null) {
            registry.timer("tollgate.time.to.first.token", call).record(Duration.ofMillis(firstToken));
        }
    }

    private void countTokens(TokenUsage tokens, String model) {
        tokens.counts()
                .forEach((tokenClass, count) -> registry.counter(
                                "tollgate.tokens", "kind", lower(tokenClass), MODEL, model)
                        .increment(count));
    }

    /** What a call took until now without the time spent on upstreams. */
    private Duration overhead(Settlement settlement) {
        Duration overhead = Duration.between(settlement.id().preciseInstant(), clock.instant());
        for (AttemptRecord attempt : settlement.attempts()) {
            overhead = overhead.minus(Duration.between(attempt.startedAt(), attempt.endedAt()));
        }
        return overhead.isNegative() ? Duration.ZERO : overhead;
    }

    private static String model(Asked asked) {
        return asked.priceVersion().equals(PriceBook.FREE_VERSION) ? NOT_ON_THE_LIST : asked.model();
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
