package dev.tollgate.web.relay;

import dev.tollgate.application.relay.CallBody;
import dev.tollgate.application.relay.CallError;
import dev.tollgate.application.relay.JsonMembers;
import dev.tollgate.application.relay.JsonMembers.Kind;
import dev.tollgate.application.relay.JsonScan;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads a body's members one by one and remembers the first that is not what it must be. A member that is null counts
 * as absent, as everywhere in these APIs.
 */
public final class BodyFields extends Fields {
    /** More output than any model gives in one answer, by far. */
    public static final long OUTPUT_TOKENS_MAX = 10_000_000;

    private final byte[] bytes;
    private final JsonMembers members;

    public BodyFields(byte[] bytes, JsonMembers members) {
        this.bytes = bytes;
        this.members = members;
    }

    /** Reads a JSON object as far as {@code reader} does. */
    public static BodyReading read(byte[] body, Function<BodyFields, CallBody> reader) {
        return switch (JsonMembers.scan(body)) {
            case JsonScan.Malformed malformed -> new BodyReading.Refused(malformed(malformed));
            case JsonMembers members -> reading(new BodyFields(body, members), reader);
        };
    }

    private static CallError malformed(JsonScan.Malformed malformed) {
        return invalid("The body is no JSON object: " + malformed.what() + " at byte " + malformed.at(), null);
    }

    @Override
    public byte[] bytes() {
        return bytes;
    }

    @Override
    String contentType() {
        return CallBody.JSON;
    }

    public JsonMembers members() {
        return members;
    }

    /** The model's name, the given one if absent; empty if it is wrong. */
    public String model(String absent) {
        return isPresent("model") ? model() : absent;
    }

    /** The model's name; empty if it is wrong. */
    public String model() {
        JsonMembers.Value value = members.value("model");
        if (value == null || value.kind() == Kind.NULL) {
            refuse("you must provide a model", "model");
            return "";
        }
        if (value.kind() != Kind.STRING || value.end() - value.start() > MODEL_BYTES_MAX) {
            refuse("must be the name of a model", "model");
            return "";
        }
        String model = members.text("model");
        if (model == null || !isModel(model)) {
            refuse("must be the name of a model", "model");
            return "";
        }
        return model;
    }

    public boolean flag(String name) {
        Boolean flag = members.flag(name);
        if (flag == null && isPresent(name)) {
            refuse("must be true or false", name);
        }
        return flag != null && flag;
    }

    /** A whole number within bounds, null if absent. */
    public @Nullable Long number(String name, long least, long most) {
        if (!isPresent(name)) {
            return null;
        }
        Long number = members.integer(name);
        if (number == null || number < least || number > most) {
            refuse("must be a whole number from " + least + " to " + most, name);
            return null;
        }
        return number;
    }

    /** A short text that asks for something special; null if absent, ordinary or no text at all. */
    public @Nullable String word(String name, Set<String> ordinary) {
        JsonMembers.Value value = members.value(name);
        boolean isShort = value != null && value.end() - value.start() <= MODEL_BYTES_MAX;
        String word = isShort ? members.text(name) : null;
        return word == null || ordinary.contains(word) ? null : word;
    }

    /** The members of an object inside, null if absent. */
    public @Nullable JsonMembers object(String name) {
        if (!isPresent(name)) {
            return null;
        }
        if (members.object(name) instanceof JsonMembers object) {
            return object;
        }
        refuse("must be an object, without any key twice", name);
        return null;
    }

    public boolean isPresent(String name) {
        Kind kind = members.kind(name);
        return kind != null && kind != Kind.NULL;
    }
}
