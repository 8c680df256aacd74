package dev.tollgate.web.admin;

import io.micronaut.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** What a call was answered. */
public record Answer(int status, String text, Map<String, List<String>> headers, JsonMapper mapper) {
    /** The whole body. */
    @SuppressWarnings("unchecked")
    public Map<String, Object> json() {
        try {
            return mapper.readValue(text, Map.class);
        } catch (IOException e) {
            throw new UncheckedIOException(text, e);
        }
    }

    /** The envelope's data, an object. */
    @SuppressWarnings("unchecked")
    public Map<String, Object> data() {
        return (Map<String, Object>) json().get("data");
    }

    /** The envelope's data, a page or a list with items. */
    @SuppressWarnings("unchecked")
    public List<Map<String, Object>> items() {
        return (List<Map<String, Object>>) data().get("items");
    }

    public String message() {
        return String.valueOf(json().get("message"));
    }

    /** The names of the fields that were wrong. */
    @SuppressWarnings("unchecked")
    public List<String> wrongFields() {
        List<Map<String, Object>> errors = (List<Map<String, Object>>) data().get("errors");
        return errors.stream().map(error -> String.valueOf(error.get("field"))).toList();
    }
}
