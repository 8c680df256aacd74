package dev.tollgate.web.admin.monitor;

import dev.tollgate.application.relay.WatchGateway;
import dev.tollgate.web.admin.Envelope;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;

/** How the gateway is now. */
@Controller("/api/admin/monitor")
@ExecuteOn(TaskExecutors.BLOCKING)
final class MonitorController {
    private final WatchGateway gateway;

    MonitorController(WatchGateway gateway) {
        this.gateway = gateway;
    }

    @Get
    Envelope<MonitorView> now() {
        return Envelope.of(MonitorView.from(gateway.observe()));
    }
}
