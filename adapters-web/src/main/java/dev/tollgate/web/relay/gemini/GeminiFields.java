package dev.tollgate.web.relay.gemini;

import dev.tollgate.application.relay.JsonElements;
import dev.tollgate.application.relay.JsonMembers;
import dev.tollgate.application.relay.JsonMembers.Kind;
import dev.tollgate.application.relay.JsonMembers.Value;
import dev.tollgate.web.relay.BodyFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The members of a body, or of an object inside it, each in the one or the other of the two spellings the API takes;
 * both at once are refused. What is wrong is told of the whole body.
 */
final class GeminiFields {
    private static final String RESOURCE = "models/";
    private static final Pattern DIGITS = Pattern.compile("\\d{1,18}");
    private static final String AN_OBJECT = "must be an object, without any key twice";

    private final BodyFields whole;
    private final BodyFields here;
    private final String path;

    GeminiFields(BodyFields whole) {
        this(whole, whole, "");
    }

    private GeminiFields(BodyFields whole, BodyFields here, String path) {
        this.whole = whole;
        this.here = here;
        this.path = path;
    }

    /** A whole number within bounds, also as a text (as protobuf's JSON has it); null if absent or wrong. */
    @Nullable
    Long number(String camel, long least, long most) {
        String name = spelled(camel);
        String text = here.members().text(name);
        Long number = text != null && DIGITS.matcher(text).matches()
                ? Long.valueOf(text)
                : here.members().integer(name);
        if (!here.isPresent(name)) {
            return null;
        }
        if (number == null || number < least || number > most) {
            refuse("must be a whole number from " + least + " to " + most, camel);
            return null;
        }
        return number;
    }

    /** A short text that asks for something special, in lower case; null if absent or ordinary. */
    @Nullable
    String word(String camel, Set<String> ordinary) {
        String word = here.word(spelled(camel), Set.of());
        String lower = word == null ? null : word.toLowerCase(Locale.ROOT);
        return lower == null || ordinary.contains(lower) ? null : lower;
    }

    /** The members of an object inside, null if absent or wrong. */
    @Nullable
    GeminiFields object(String camel) {
        String name = spelled(camel);
        if (!here.isPresent(name)) {
            return null;
        }
        if (here.members().object(name) instanceof JsonMembers members) {
            return inside(members, camel);
        }
        refuse(AN_OBJECT, camel);
        return null;
    }

    /** The objects of a list inside. */
    List<GeminiFields> objects(String name) {
        List<GeminiFields> objects = new ArrayList<>();
        for (Value element : JsonElements.of(whole.bytes(), here.members().value(name))) {
            boolean isObject = element.kind() == Kind.OBJECT;
            if (isObject
                    && JsonMembers.scan(whole.bytes(), element.start(), element.end()) instanceof JsonMembers found) {
                objects.add(inside(found, name));
            } else {
                refuse("must be objects, without any key twice", name);
            }
        }
        return objects;
    }

    /** Refuses another model than the path names: nobody could say which was priced. */
    void sameModel(String model) {
        String told = here.members().text("model");
        if (told != null && !told.equals(model) && !("/" + told).endsWith("/" + RESOURCE + model)) {
            refuse("must be the model the path names", "model");
        }
    }

    private GeminiFields inside(JsonMembers members, String name) {
        return new GeminiFields(whole, new BodyFields(whole.bytes(), members), path + name + ".");
    }

    private void refuse(String what, String name) {
        whole.refuse(what, path + name);
    }

    private String spelled(String camel) {
        String snake = camel.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
        JsonMembers members = here.members();
        if (snake.equals(camel) || !members.has(snake)) {
            return camel;
        }
        if (members.has(camel)) {
            refuse("stands there in two spellings", camel);
        }
        return snake;
    }
}
