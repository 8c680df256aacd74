package dev.tollgate.web.admin.usage;

import dev.tollgate.application.identity.LiveSettings;
import dev.tollgate.application.usage.RecordFilter;
import dev.tollgate.application.usage.ReportUsage;
import dev.tollgate.application.usage.Slice;
import dev.tollgate.application.usage.Span;
import dev.tollgate.application.usage.UserZones;
import dev.tollgate.web.admin.Envelope;
import dev.tollgate.web.admin.SignedIn;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.io.InputStream;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;

/** Statistics over all usage, and its export. */
@Controller("/api/admin/usage")
@ExecuteOn(TaskExecutors.BLOCKING)
final class ReportsController {
    private final ReportUsage usage;
    private final Exports exports;
    private final UserZones zones;
    private final LiveSettings settings;
    private final InstantSource clock;

    ReportsController(ReportUsage usage, Exports exports, UserZones zones, LiveSettings settings, InstantSource clock) {
        this.usage = usage;
        this.exports = exports;
        this.zones = zones;
        this.settings = settings;
        this.clock = clock;
    }

    @Get("/series")
    Envelope<List<PointView>> series(HttpRequest<?> request, SignedIn caller) {
        ZoneId zone = UsageParameters.zone(request, zones.of(caller.userId()));
        return Envelope.of(usage
                .series(
                        span(request, zone),
                        zone,
                        UsageParameters.granularity(request, settings),
                        UsageParameters.groupBy(request),
                        UsageParameters.slice(request))
                .stream()
                .map(PointView::from)
                .toList());
    }

    @Get("/summary")
    Envelope<SummaryView> summary(HttpRequest<?> request, SignedIn caller) {
        ZoneId zone = UsageParameters.zone(request, zones.of(caller.userId()));
        Slice slice = UsageParameters.slice(request);
        return Envelope.of(SummaryView.forAdmin(usage.summary(span(request, zone), slice)));
    }

    @Get("/export")
    HttpResponse<InputStream> export(HttpRequest<?> request, SignedIn caller) {
        ZoneId zone = UsageParameters.zone(request, zones.of(caller.userId()));
        RecordFilter filter = UsageParameters.filter(request, clock.instant(), zone);
        return exports.of(request, filter, RecordView::from);
    }

    private Span span(HttpRequest<?> request, ZoneId zone) {
        return UsageParameters.span(request, clock.instant(), zone, "7d");
    }
}
