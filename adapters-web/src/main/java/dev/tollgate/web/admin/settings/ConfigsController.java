package dev.tollgate.web.admin.settings;

import dev.tollgate.application.identity.ManageSettings;
import dev.tollgate.web.admin.ApiFailure;
import dev.tollgate.web.admin.Envelope;
import dev.tollgate.web.admin.Envelope.FieldError;
import dev.tollgate.web.admin.OperationNote;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Put;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The settings. */
@Controller("/api/admin/configs")
@ExecuteOn(TaskExecutors.BLOCKING)
final class ConfigsController {
    private static final String SUBJECT = "configs";

    private final ManageSettings settings;

    ConfigsController(ManageSettings settings) {
        this.settings = settings;
    }

    @Get
    Envelope<List<SettingView>> list() {
        return Envelope.of(settings.list().stream().map(SettingView::from).toList());
    }

    @Get("/category/{category}")
    Envelope<List<SettingView>> category(String category) {
        return Envelope.of(settings.list().stream()
                .filter(held -> held.setting().category().equals(category))
                .map(SettingView::from)
                .toList());
    }

    @Put
    Envelope<List<SettingView>> change(HttpRequest<?> request, @Body @Nullable JsonNode body) {
        Map<String, String> values = values(body);
        Map<String, String> before = inForce(values);
        Map<String, String> faults = settings.change(values);
        if (!faults.isEmpty()) {
            throw ApiFailure.invalid(faults.entrySet().stream()
                    .map(fault -> new FieldError(fault.getKey(), fault.getValue()))
                    .toList());
        }
        OperationNote.leave(request, SUBJECT, 0, before, inForce(values));
        return list();
    }

    /** The values as texts; a number or a flag is taken as it is written, null as the default. */
    private static Map<String, String> values(@Nullable JsonNode body) {
        if (body == null || !body.isObject()) {
            throw ApiFailure.invalid("", "the body must be a JSON object");
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : body.entries()) {
            boolean isPlain = entry.getValue().isValueNode();
            if (!isPlain) {
                throw ApiFailure.invalid(entry.getKey(), "must be a text, a number or a flag");
            }
            values.put(
                    entry.getKey(),
                    entry.getValue().isNull() ? "" : entry.getValue().coerceStringValue());
        }
        return values;
    }

    private Map<String, String> inForce(Map<String, String> asked) {
        Map<String, String> values = new LinkedHashMap<>();
        settings.list().stream()
                .filter(held -> asked.containsKey(held.setting().key()))
                .forEach(held -> values.put(held.setting().key(), held.value()));
        return values;
    }
}
