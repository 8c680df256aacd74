package dev.tollgate.web.admin.pricing;

import dev.tollgate.application.identity.FieldError;
import dev.tollgate.application.pricing.Fields;
import dev.tollgate.web.admin.ApiFailure;
import dev.tollgate.web.admin.Envelope;
import io.micronaut.json.tree.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Bodies of the price list's calls as fields, and what is wrong with them as an answer. */
final class FieldsJson {
    private FieldsJson() {}

    static Fields of(@Nullable JsonNode body) {
        if (body == null || !body.isObject()) {
            throw ApiFailure.invalid("", "the body must be a JSON object");
        }
        return Fields.of(object(body));
    }

    static ApiFailure invalid(List<FieldError> errors) {
        return ApiFailure.invalid(errors.stream()
                .map(error -> new Envelope.FieldError(error.field(), error.message()))
                .toList());
    }

    private static Map<String, @Nullable Object> object(JsonNode node) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : node.entries()) {
            object.put(entry.getKey(), value(entry.getValue()));
        }
        return object;
    }

    private static @Nullable Object value(JsonNode node) {
        if (node.isObject()) {
            return object(node);
        }
        if (node.isArray()) {
            List<@Nullable Object> items = new ArrayList<>();
            node.values().forEach(item -> items.add(value(item)));
            return items;
        }
        return node.isNull() ? null : node.getValue();
    }
}
