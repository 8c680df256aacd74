package dev.tollgate.web.admin.usage;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.tollgate.application.usage.ReportUsage.Point;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import org.jspecify.annotations.Nullable;

/** One group's usage in one piece of time, as it is shown. */
@Serdeable(naming = SnakeCaseStrategy.class)
public record PointView(
        String bucket,
        @Nullable String group,
        @Nullable String name,
        @JsonUnwrapped TotalsView totals) {
    public static PointView from(Point point) {
        return new PointView(
                point.start().toString(),
                point.group().id(),
                point.group().name(),
                TotalsView.from(point.group().totals()));
    }
}
