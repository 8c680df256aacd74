package dev.tollgate.bootstrap.metrics;

import dev.tollgate.bootstrap.usage.SelfAudit;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micronaut.context.BeanProvider;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** What the audit that runs along found last, and when. */
@Singleton
final class AuditGauges implements MeterBinder {
    private final BeanProvider<SelfAudit> audit;

    AuditGauges(BeanProvider<SelfAudit> audit) {
        this.audit = audit;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder(
                        "tollgate.audit.differences",
                        () -> audit.get().differences().size())
                .description("Differences the self-audit found last.")
                .register(registry);
        TimeGauge.builder("tollgate.audit.last.run", this::ranAtMillis, TimeUnit.MILLISECONDS)
                .description("When the self-audit ran last, since 1970; 0 if it never did.")
                .register(registry);
        TimeGauge.builder("tollgate.audit.duration", () -> audit.get().took().toMillis(), TimeUnit.MILLISECONDS)
                .description("How long the last self-audit took.")
                .register(registry);
    }

    private Number ranAtMillis() {
        Instant ranAt = audit.get().ranAt();
        return ranAt == null ? 0 : ranAt.toEpochMilli();
    }
}
