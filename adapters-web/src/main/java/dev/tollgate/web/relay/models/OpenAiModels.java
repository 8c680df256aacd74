package dev.tollgate.web.relay.models;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tollgate.domain.pricing.Model;
import dev.tollgate.web.relay.ErrorShape;
import dev.tollgate.web.relay.JsonText;
import dev.tollgate.web.relay.openai.OpenAiErrors;
import io.micronaut.http.HttpParameters;
import java.io.IOException;
import java.util.List;

/** Models as OpenAI's API lists them; when a model came out is not known here and told as 0. */
final class OpenAiModels implements ModelShape {
    @Override
    public byte[] list(List<Model> models, HttpParameters query) {
        return JsonText.of(json -> {
            json.writeStartObject();
            json.writeStringField("object", "list");
            json.writeArrayFieldStart("data");
            for (Model model : models) {
                write(json, model, model.name());
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    @Override
    public byte[] one(Model model, String name) {
        return JsonText.of(json -> write(json, model, name));
    }

    @Override
    public ErrorShape errors() {
        return new OpenAiErrors();
    }

    private static void write(JsonGenerator json, Model model, String name) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", name);
        json.writeStringField("object", "model");
        json.writeNumberField("created", 0);
        json.writeStringField("owned_by", model.platform());
        json.writeEndObject();
    }
}
