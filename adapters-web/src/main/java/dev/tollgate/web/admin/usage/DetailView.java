package dev.tollgate.web.admin.usage;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.tollgate.application.usage.UsageRecords.Detail;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.util.List;

/** One call's record with the lines of its charge, which sum to its total cost, and every attempt. */
@Serdeable(naming = SnakeCaseStrategy.class)
public record DetailView(@JsonUnwrapped RecordView record, List<LineView> lineItems, List<AttemptView> attempts) {
    public static DetailView from(Detail detail) {
        return new DetailView(
                RecordView.from(detail.record()),
                LineView.of(detail.charge()),
                detail.attempts().stream().map(AttemptView::from).toList());
    }
}
