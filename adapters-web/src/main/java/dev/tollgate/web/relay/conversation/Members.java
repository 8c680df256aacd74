package dev.tollgate.web.relay.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tollgate.application.relay.conversation.RawJson;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The members of a JSON object inside a body. One that is not what it must be is refused with its path in
 * {@link Findings} and then read as absent, so a reader goes on and the first refusal counts. A member that is null
 * counts as absent, as everywhere in these APIs. It remembers which members were asked for: see {@link #dropRest}.
 */
public final class Members {
    private final ObjectNode node;
    private final String path;
    private final Findings findings;
    private final Set<String> asked = new HashSet<>();

    /** @param path where the object stands in the body, empty for the body itself */
    public Members(ObjectNode node, String path, Findings findings) {
        this.node = node;
        this.path = path;
        this.findings = findings;
    }

    public Findings findings() {
        return findings;
    }

    /** Where the object itself stands in the body. */
    public String path() {
        return path;
    }

    /** Where a member stands in the body: {@code messages[2].content}. */
    public String path(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    public boolean has(String name) {
        return value(name) != null;
    }

    /** Any value, null if absent. */
    public @Nullable JsonNode value(String name) {
        asked.add(name);
        JsonNode value = node.get(name);
        return value == null || value.isNull() ? null : value;
    }

    /** A string, null if absent. */
    public @Nullable String text(String name) {
        JsonNode value = value(name);
        if (value == null || value.isTextual()) {
            return value == null ? null : value.textValue();
        }
        refuse(name, "must be a string");
        return null;
    }

    /** A string that must be there; empty if it is not. */
    public String needText(String name) {
        String text = text(name);
        if (text == null) {
            refuse(name, "is missing");
        }
        return text == null ? "" : text;
    }

    public @Nullable Boolean flag(String name) {
        JsonNode value = value(name);
        if (value == null || value.isBoolean()) {
            return value == null ? null : value.booleanValue();
        }
        refuse(name, "must be true or false");
        return null;
    }

    /** Whether a flag is there and true. */
    public boolean isTrue(String name) {
        return Boolean.TRUE.equals(flag(name));
    }

    public @Nullable Long whole(String name) {
        JsonNode value = value(name);
        if (value == null || (value.isIntegralNumber() && value.canConvertToLong())) {
            return value == null ? null : value.longValue();
        }
        refuse(name, "must be a whole number");
        return null;
    }

    /** A number as the caller wrote it. */
    public @Nullable RawJson number(String name) {
        JsonNode value = value(name);
        if (value == null || value.isNumber()) {
            return value == null ? null : new RawJson(value.toString());
        }
        refuse(name, "must be a number");
        return null;
    }

    /** Any value as text, null if absent. */
    public @Nullable RawJson raw(String name) {
        JsonNode value = value(name);
        return value == null ? null : new RawJson(value.toString());
    }

    public @Nullable Members object(String name) {
        JsonNode value = value(name);
        if (value instanceof ObjectNode object) {
            return new Members(object, path(name), findings);
        }
        if (value != null) {
            refuse(name, "must be an object");
        }
        return null;
    }

    /** The objects of an array; none if absent. */
    public List<Members> objects(String name) {
        List<Members> objects = new ArrayList<>();
        JsonNode value = array(name);
        for (int i = 0; value != null && i < value.size(); i++) {
            String at = path(name) + "[" + i + "]";
            if (value.get(i) instanceof ObjectNode object) {
                objects.add(new Members(object, at, findings));
            } else {
                findings.refuse(at, "must be an object");
            }
        }
        return objects;
    }

    /** The strings of an array; none if absent. */
    public List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        JsonNode value = array(name);
        for (int i = 0; value != null && i < value.size(); i++) {
            if (value.get(i).isTextual()) {
                texts.add(value.get(i).textValue());
            } else {
                findings.refuse(path(name) + "[" + i + "]", "must be a string");
            }
        }
        return texts;
    }

    public void refuse(String name, String what) {
        findings.refuse(path(name), what);
    }

    /** Names a member as left out, if it is there. */
    public void drop(String name) {
        if (has(name)) {
            findings.drop(path(name));
        }
    }

    /** Counts members as asked for that something else reads. */
    public void pass(String... names) {
        asked.addAll(List.of(names));
    }

    /** Names every member nobody asked for as left out. */
    public void dropRest() {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        names.removeAll(asked);
        names.forEach(this::drop);
    }

    private @Nullable JsonNode array(String name) {
        JsonNode value = value(name);
        if (value != null && !value.isArray()) {
            refuse(name, "must be an array");
            return null;
        }
        return value;
    }
}
