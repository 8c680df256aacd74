package dev.tollgate.web.relay.models;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tollgate.domain.pricing.Model;
import dev.tollgate.web.relay.ErrorShape;
import dev.tollgate.web.relay.JsonText;
import dev.tollgate.web.relay.anthropic.AnthropicErrors;
import io.micronaut.http.HttpParameters;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Models as Anthropic's API lists them, a page at a time. */
final class AnthropicModels implements ModelShape {
    /** What Anthropic gives for a date that is not known. */
    private static final String UNKNOWN_DATE = "1970-01-01T00:00:00Z";

    @Override
    public byte[] list(List<Model> models, HttpParameters query) {
        ModelPage page = ModelPage.of(models, query);
        return JsonText.of(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("data");
            for (Model model : page.models()) {
                write(json, model, model.name());
            }
            json.writeEndArray();
            json.writeBooleanField("has_more", page.hasMore());
            json.writeStringField("first_id", page.firstName());
            json.writeStringField("last_id", page.lastName());
            json.writeEndObject();
        });
    }

    @Override
    public byte[] one(Model model, String name) {
        return JsonText.of(json -> write(json, model, name));
    }

    @Override
    public ErrorShape errors() {
        return new AnthropicErrors();
    }

    private static void write(JsonGenerator json, Model model, String name) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "model");
        json.writeStringField("id", name);
        json.writeStringField("display_name", model.name());
        json.writeStringField("created_at", UNKNOWN_DATE);
        json.writeStringField("lifecycle", "active");
        writeCount(json, "max_input_tokens", model.contextWindow());
        writeCount(json, "max_tokens", model.maxOutputTokens());
        json.writeEndObject();
    }

    private static void writeCount(JsonGenerator json, String name, @Nullable Long count) throws IOException {
        json.writeFieldName(name);
        if (count == null) {
            json.writeNull();
        } else {
            json.writeNumber(count);
        }
    }
}
