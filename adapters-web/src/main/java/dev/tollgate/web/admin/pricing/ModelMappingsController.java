package dev.tollgate.web.admin.pricing;

import dev.tollgate.application.identity.PageQuery;
import dev.tollgate.application.pricing.ManageModelMappings;
import dev.tollgate.domain.pricing.ModelMapping;
import dev.tollgate.domain.pricing.ModelMappingId;
import dev.tollgate.web.admin.ApiFailure;
import dev.tollgate.web.admin.Envelope;
import dev.tollgate.web.admin.Given;
import dev.tollgate.web.admin.InMemoryPage;
import dev.tollgate.web.admin.ItemPage;
import dev.tollgate.web.admin.JsonBody;
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
import io.micronaut.serde.annotation.Serdeable;
import java.util.Comparator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What callers' names lead to. */
@Controller("/api/admin/model-mappings")
@ExecuteOn(TaskExecutors.BLOCKING)
final class ModelMappingsController {
    private static final String SUBJECT = "model-mappings";
    private static final String THING = "model mapping";
    private static final int NAME_LENGTH_MAX = 200;
    private static final int PRIORITY_MAX = 1_000_000;
    private static final Map<String, Comparator<ModelMapping>> ORDERS = Map.of(
            "id", Comparator.comparingLong(mapping -> mapping.id().value()),
            "pattern", Comparator.comparing(ModelMapping::pattern),
            "target", Comparator.comparing(ModelMapping::target),
            "priority", Comparator.comparingInt(ModelMapping::priority));

    private final ManageModelMappings mappings;

    ModelMappingsController(ManageModelMappings mappings) {
        this.mappings = mappings;
    }

    @Get
    Envelope<ItemPage<View>> list(HttpRequest<?> request) {
        PageQuery query = Paging.of(request, ORDERS.keySet());
        return ItemPage.of(
                InMemoryPage.of(mappings.all(), query, mapping -> mapping.pattern() + "\n" + mapping.target(), ORDERS),
                query,
                View::from);
    }

    @Get("/{id}")
    Envelope<View> read(long id) {
        return Envelope.of(View.from(find(id)));
    }

    @Post
    Envelope<View> create(HttpRequest<?> request, @Body @Nullable JsonNode body) {
        JsonBody given = JsonBody.of(body);
        Given<String> pattern = given.text("pattern", NAME_LENGTH_MAX).required();
        Given<String> target = given.text("target", NAME_LENGTH_MAX).required();
        Given<Integer> priority = given.integer("priority", -PRIORITY_MAX, PRIORITY_MAX);
        Given<Boolean> enabled = given.flag("enabled");
        given.check();
        View created = View.from(mappings.create(pattern.value(), target.value(), priority.or(0), enabled.or(true)));
        OperationNote.leave(request, SUBJECT, created.id(), null, created);
        return Envelope.of(created);
    }

    @Put("/{id}")
    Envelope<View> change(HttpRequest<?> request, long id, @Body @Nullable JsonNode body) {
        ModelMapping current = find(id);
        JsonBody given = JsonBody.of(body);
        Given<String> pattern = given.text("pattern", NAME_LENGTH_MAX).notNull();
        Given<String> target = given.text("target", NAME_LENGTH_MAX).notNull();
        Given<Integer> priority = given.integer("priority", -PRIORITY_MAX, PRIORITY_MAX);
        Given<Boolean> enabled = given.flag("enabled");
        given.check();
        ModelMapping changed = new ModelMapping(
                current.id(),
                pattern.or(current.pattern()),
                target.or(current.target()),
                priority.or(current.priority(), 0),
                enabled.or(current.enabled(), true));
        if (!mappings.replace(changed)) {
            throw ApiFailure.notFound(THING);
        }
        OperationNote.leave(request, SUBJECT, id, View.from(current), View.from(changed));
        return Envelope.of(View.from(changed));
    }

    @Delete("/{id}")
    Envelope<Object> remove(HttpRequest<?> request, long id) {
        View before = View.from(find(id));
        if (!mappings.remove(new ModelMappingId(id))) {
            throw ApiFailure.notFound(THING);
        }
        OperationNote.leave(request, SUBJECT, id, before, null);
        return Envelope.done();
    }

    private ModelMapping find(long id) {
        return mappings.find(new ModelMappingId(id)).orElseThrow(() -> ApiFailure.notFound(THING));
    }

    /** A mapping as it is shown. */
    @Serdeable
    public record View(long id, String pattern, String target, int priority, boolean enabled) {
        static View from(ModelMapping mapping) {
            return new View(
                    mapping.id().value(), mapping.pattern(), mapping.target(), mapping.priority(), mapping.enabled());
        }
    }
}
