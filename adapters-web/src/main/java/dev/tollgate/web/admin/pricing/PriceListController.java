package dev.tollgate.web.admin.pricing;

import dev.tollgate.application.pricing.ImportPrices;
import dev.tollgate.web.admin.ApiFailure;
import dev.tollgate.web.admin.Envelope;
import dev.tollgate.web.admin.OperationNote;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whole price lists in and out; the body of an import is the file itself. */
@Controller("/api/admin/models")
@ExecuteOn(TaskExecutors.BLOCKING)
final class PriceListController {
    private final ImportPrices prices;

    PriceListController(ImportPrices prices) {
        this.prices = prices;
    }

    /** Shows what a list would change; {@code apply=true} changes it. */
    @Post("/import")
    Envelope<ImportView> importList(
            HttpRequest<?> request, @Body byte[] file, @QueryValue(defaultValue = "false") boolean apply) {
        return switch (prices.importList(file, apply)) {
            case ImportPrices.Result.Compared compared -> {
                ImportView view = ImportView.from(compared.comparison());
                if (apply) {
                    OperationNote.leave(request, "models", 0, null, view);
                }
                yield Envelope.of(view);
            }
            case ImportPrices.Result.Unreadable unreadable -> throw ApiFailure.invalid("", unreadable.why());
            case ImportPrices.Result.NameTaken taken ->
                throw ApiFailure.conflict("the list was edited at the same time: " + taken.name());
        };
    }

    /** The list in force, in the shape an import takes. */
    @Get("/export")
    Map<String, @Nullable Object> export() {
        return prices.export().values();
    }
}
