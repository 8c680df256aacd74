package dev.tollgate.web.admin.usage;

import dev.tollgate.application.usage.ReportAccountUsage;
import dev.tollgate.application.usage.ReportAccountUsage.AccountUsage;
import dev.tollgate.application.usage.ReportAccountUsage.Report;
import dev.tollgate.application.usage.Span;
import dev.tollgate.application.usage.UserZones;
import dev.tollgate.domain.account.AccountId;
import dev.tollgate.web.admin.ApiFailure;
import dev.tollgate.web.admin.Envelope;
import dev.tollgate.web.admin.Paging;
import dev.tollgate.web.admin.SignedIn;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;

/** What accounts served. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class AccountUsageController {
    private static final String TOTAL = "total";
    private static final String TODAY = "today";

    private final ReportAccountUsage usage;
    private final UserZones zones;
    private final InstantSource clock;

    AccountUsageController(ReportAccountUsage usage, UserZones zones, InstantSource clock) {
        this.usage = usage;
        this.zones = zones;
        this.clock = clock;
    }

    @Get(uris = {"/api/admin/accounts/usage-stats", "/admin/accounts/usage-stats"})
    Envelope<AccountsView> all(HttpRequest<?> request, SignedIn caller) {
        ZoneId zone = zone(request, caller);
        return Envelope.of(AccountsView.from(usage.all(zone, span(request, zone, TOTAL))));
    }

    @Get(uris = {"/api/admin/accounts/{id}/usage-stats", "/admin/accounts/{id}/usage-stats"})
    Envelope<AccountUsageView> one(HttpRequest<?> request, SignedIn caller, long id) {
        ZoneId zone = zone(request, caller);
        Report report = usage.of(new AccountId(id), zone, span(request, zone, TOTAL))
                .orElseThrow(() -> ApiFailure.notFound("account"));
        AccountUsage account = report.accounts().getFirst();
        return Envelope.of(AccountUsageView.from(account, report.freshness()));
    }

    @Get(uris = {"/api/admin/accounts/{id}/usage-breakdown", "/admin/accounts/{id}/usage-breakdown"})
    Envelope<BreakdownView> breakdown(HttpRequest<?> request, SignedIn caller, long id) {
        Span span = span(request, zone(request, caller), TODAY);
        return Envelope.of(usage.breakdown(new AccountId(id), span, Paging.limit(request))
                .map(BreakdownView::from)
                .orElseThrow(() -> ApiFailure.notFound("account")));
    }

    private Span span(HttpRequest<?> request, ZoneId zone, String otherwise) {
        Instant now = clock.instant();
        return UsageParameters.span(request, now, zone, otherwise);
    }

    private ZoneId zone(HttpRequest<?> request, SignedIn caller) {
        return UsageParameters.zone(request, zones.of(caller.userId()));
    }
}
