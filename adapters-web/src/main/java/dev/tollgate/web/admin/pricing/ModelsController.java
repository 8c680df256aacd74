package dev.tollgate.web.admin.pricing;

import dev.tollgate.application.identity.PageQuery;
import dev.tollgate.application.pricing.EntryFields;
import dev.tollgate.application.pricing.ManageModels;
import dev.tollgate.application.pricing.ModelOutcome;
import dev.tollgate.domain.pricing.ModelId;
import dev.tollgate.domain.pricing.PriceVersion;
import dev.tollgate.domain.pricing.PricedModel;
import dev.tollgate.web.admin.ApiFailure;
import dev.tollgate.web.admin.Envelope;
import dev.tollgate.web.admin.InMemoryPage;
import dev.tollgate.web.admin.ItemPage;
import dev.tollgate.web.admin.OperationNote;
import dev.tollgate.web.admin.Paging;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The price list, model by model. */
@Controller("/api/admin/models")
@ExecuteOn(TaskExecutors.BLOCKING)
final class ModelsController {
    private static final String SUBJECT = "models";
    private static final Map<String, Comparator<PricedModel>> ORDERS = Map.of(
            "id", Comparator.comparingLong(priced -> priced.model().id().value()),
            "name", Comparator.comparing(priced -> priced.model().name()),
            "platform", Comparator.comparing(priced -> priced.model().platform()));

    private final ManageModels models;

    ModelsController(ManageModels models) {
        this.models = models;
    }

    @Get
    Envelope<ItemPage<Map<String, @Nullable Object>>> list(HttpRequest<?> request) {
        PageQuery query = Paging.of(request, ORDERS.keySet());
        return ItemPage.of(InMemoryPage.of(models.all(), query, ModelsController::names, ORDERS), query, this::view);
    }

    @Get("/{id}")
    Envelope<Map<String, @Nullable Object>> read(long id) {
        return Envelope.of(view(find(id)));
    }

    @Post
    Envelope<Map<String, @Nullable Object>> create(HttpRequest<?> request, @Body @Nullable JsonNode body) {
        PricedModel created = saved(models.create(FieldsJson.of(body)));
        Map<String, @Nullable Object> after = view(created);
        OperationNote.leave(request, SUBJECT, created.model().id().value(), null, after);
        return Envelope.of(after);
    }

    @Put("/{id}")
    Envelope<Map<String, @Nullable Object>> change(HttpRequest<?> request, long id, @Body @Nullable JsonNode body) {
        Map<String, @Nullable Object> before = view(find(id));
        Map<String, @Nullable Object> after = view(saved(models.change(new ModelId(id), FieldsJson.of(body))));
        OperationNote.leave(request, SUBJECT, id, before, after);
        return Envelope.of(after);
    }

    @Delete("/{id}")
    Envelope<Object> remove(HttpRequest<?> request, long id) {
        Map<String, @Nullable Object> before = view(find(id));
        if (!models.remove(new ModelId(id))) {
            throw ApiFailure.notFound("model");
        }
        OperationNote.leave(request, SUBJECT, id, before, null);
        return Envelope.done();
    }

    @Get("/{id}/history")
    Envelope<List<Map<String, @Nullable Object>>> history(long id) {
        PricedModel priced = find(id);
        return Envelope.of(models.history(new ModelId(id)).orElseThrow(() -> ApiFailure.notFound("model")).stream()
                .map(version -> version(priced, version))
                .toList());
    }

    private PricedModel find(long id) {
        return models.find(new ModelId(id)).orElseThrow(() -> ApiFailure.notFound("model"));
    }

    private Map<String, @Nullable Object> view(PricedModel priced) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("id", priced.model().id().value());
        view.putAll(models.show(priced).values());
        return view;
    }

    private static Map<String, @Nullable Object> version(PricedModel priced, PriceVersion version) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("price_version", version.id().value());
        view.putAll(EntryFields.of(priced.model(), version.sheet(), version.effectiveFrom())
                .values());
        view.put("name", version.model());
        return view;
    }

    private static PricedModel saved(ModelOutcome outcome) {
        return switch (outcome) {
            case ModelOutcome.Saved saved -> saved.model();
            case ModelOutcome.Invalid invalid -> throw FieldsJson.invalid(invalid.errors());
            case ModelOutcome.NameTaken taken ->
                throw ApiFailure.conflict("another model has the name or alias " + taken.name());
            case ModelOutcome.NotFound notFound -> throw ApiFailure.notFound("model");
        };
    }

    private static String names(PricedModel priced) {
        return priced.model().name() + "\n" + String.join("\n", priced.model().aliases());
    }
}
