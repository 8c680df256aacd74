package dev.tollgate.web.relay.models;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tollgate.domain.pricing.Model;
import dev.tollgate.web.relay.ErrorShape;
import dev.tollgate.web.relay.JsonText;
import dev.tollgate.web.relay.gemini.AnswerForm;
import dev.tollgate.web.relay.gemini.GeminiErrors;
import io.micronaut.http.HttpParameters;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Models as Google's API lists them, a page at a time; the token of a page is the name the one before ended with. */
final class GeminiModels implements ModelShape {
    private static final int PAGE = 50;
    private static final int PAGE_MAX = 1_000;

    @Override
    public byte[] list(List<Model> models, HttpParameters query) {
        int from = after(models, query.get("pageToken"));
        int to = Math.min(models.size(), from + size(query.get("pageSize")));
        return JsonText.of(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("models");
            for (Model model : models.subList(from, to)) {
                write(json, model, model.name());
            }
            json.writeEndArray();
            if (to < models.size()) {
                json.writeStringField("nextPageToken", models.get(to - 1).name());
            }
            json.writeEndObject();
        });
    }

    @Override
    public byte[] one(Model model, String name) {
        return JsonText.of(json -> write(json, model, name));
    }

    @Override
    public ErrorShape errors() {
        return new GeminiErrors(AnswerForm.DOCUMENT);
    }

    private static int after(List<Model> models, @Nullable String token) {
        for (int i = 0; i < models.size(); i++) {
            if (models.get(i).name().equals(token)) {
                return i + 1;
            }
        }
        return 0;
    }

    private static int size(@Nullable String text) {
        return text == null || !text.matches("0*[1-9]\\d{0,8}") ? PAGE : Math.min(Integer.parseInt(text), PAGE_MAX);
    }

    private static void write(JsonGenerator json, Model model, String name) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", "models/" + name);
        json.writeStringField("baseModelId", model.name());
        json.writeStringField("displayName", model.name());
        if (model.contextWindow() != null) {
            json.writeNumberField("inputTokenLimit", model.contextWindow());
        }
        if (model.maxOutputTokens() != null) {
            json.writeNumberField("outputTokenLimit", model.maxOutputTokens());
        }
        json.writeArrayFieldStart("supportedGenerationMethods");
        for (String method : methods(model)) {
            json.writeString(method);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** The price list does not say what a model is for; those that embed say it in their name. */
    private static List<String> methods(Model model) {
        return model.name().contains("embedding")
                ? List.of("embedContent", "batchEmbedContents", "countTokens")
                : List.of("generateContent", "streamGenerateContent", "countTokens");
    }
}
