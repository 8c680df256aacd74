package dev.tollgate.web.admin.usage;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.tollgate.application.usage.ReportUsage.Group;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import org.jspecify.annotations.Nullable;

/** What one model, key, user or account used, as it is shown. */
@Serdeable(naming = SnakeCaseStrategy.class)
public record GroupView(
        @Nullable String group,
        @Nullable String name,
        @JsonUnwrapped TotalsView totals) {
    public static GroupView from(Group group) {
        return new GroupView(group.id(), group.name(), TotalsView.from(group.totals()));
    }
}
