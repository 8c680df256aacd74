package dev.tollgate.web.self;

import dev.tollgate.application.identity.LiveSettings;
import dev.tollgate.application.usage.RecordFilter;
import dev.tollgate.application.usage.ReportUsage;
import dev.tollgate.application.usage.Slice;
import dev.tollgate.application.usage.Slice.Dimension;
import dev.tollgate.application.usage.Span;
import dev.tollgate.application.usage.UsageRecord;
import dev.tollgate.application.usage.UsageRecords;
import dev.tollgate.application.usage.UserZones;
import dev.tollgate.web.admin.ApiFailure;
import dev.tollgate.web.admin.CursorPage;
import dev.tollgate.web.admin.Envelope;
import dev.tollgate.web.admin.Paging;
import dev.tollgate.web.admin.SignedIn;
import dev.tollgate.web.admin.usage.Exports;
import dev.tollgate.web.admin.usage.GroupView;
import dev.tollgate.web.admin.usage.PointView;
import dev.tollgate.web.admin.usage.RecordView;
import dev.tollgate.web.admin.usage.SummaryView;
import dev.tollgate.web.admin.usage.UsageParameters;
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

/** The caller's own usage; nothing in it tells of accounts. */
@Controller("/api/usage")
@ExecuteOn(TaskExecutors.BLOCKING)
final class MyUsageController {
    private static final String RANGE = "7d";

    private final UsageRecords records;
    private final ReportUsage usage;
    private final Exports exports;
    private final UserZones zones;
    private final LiveSettings settings;
    private final InstantSource clock;

    MyUsageController(
            UsageRecords records,
            ReportUsage usage,
            Exports exports,
            UserZones zones,
            LiveSettings settings,
            InstantSource clock) {
        this.records = records;
        this.usage = usage;
        this.exports = exports;
        this.zones = zones;
        this.settings = settings;
        this.clock = clock;
    }

    @Get("/records")
    Envelope<CursorPage<RecordView>> list(HttpRequest<?> request, SignedIn caller) {
        int limit = Paging.limit(request);
        RecordFilter filter = UsageParameters.filter(request).of(caller.userId());
        List<UsageRecord> found = records.list(filter, UsageParameters.cursor(request), limit);
        String next = found.size() < limit ? null : found.getLast().id().text();
        return Envelope.of(
                new CursorPage<>(found.stream().map(RecordView::forUser).toList(), next));
    }

    @Get("/summary")
    Envelope<SummaryView> summary(HttpRequest<?> request, SignedIn caller) {
        Span span = span(request, zone(request, caller));
        return Envelope.of(SummaryView.forUser(usage.summary(span, own(request, caller))));
    }

    @Get("/series")
    Envelope<List<PointView>> series(HttpRequest<?> request, SignedIn caller) {
        ZoneId zone = zone(request, caller);
        Dimension by = UsageParameters.groupBy(request);
        if (by == Dimension.ACCOUNT || by == Dimension.USER) {
            throw ApiFailure.invalid("group_by", "must be one of api_key, model, none");
        }
        return Envelope.of(usage
                .series(
                        span(request, zone),
                        zone,
                        UsageParameters.granularity(request, settings),
                        by,
                        own(request, caller))
                .stream()
                .map(PointView::from)
                .toList());
    }

    @Get("/models")
    Envelope<List<GroupView>> models(HttpRequest<?> request, SignedIn caller) {
        Span span = span(request, zone(request, caller));
        return Envelope.of(usage.groups(span, Dimension.MODEL, own(request, caller), Integer.MAX_VALUE).stream()
                .map(GroupView::from)
                .toList());
    }

    @Get("/export")
    HttpResponse<InputStream> export(HttpRequest<?> request, SignedIn caller) {
        RecordFilter filter = UsageParameters.filter(request, clock.instant(), zone(request, caller))
                .of(caller.userId());
        return exports.of(request, filter, RecordView::forUser);
    }

    private static Slice own(HttpRequest<?> request, SignedIn caller) {
        Slice asked = UsageParameters.slice(request);
        return new Slice(caller.userId(), asked.key(), null, asked.model());
    }

    private Span span(HttpRequest<?> request, ZoneId zone) {
        return UsageParameters.span(request, clock.instant(), zone, RANGE);
    }

    private ZoneId zone(HttpRequest<?> request, SignedIn caller) {
        return UsageParameters.zone(request, zones.of(caller.userId()));
    }
}
