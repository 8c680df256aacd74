package dev.tollgate.web.relay.gemini.content;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tollgate.application.relay.conversation.RawJson;
import dev.tollgate.web.relay.conversation.Findings;
import dev.tollgate.web.relay.conversation.Members;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Members as Google's servers read them (protobuf's JSON): a name in camel or in snake case, a whole number also as a
 * string or with a zero fraction, one entry in place of a list of one. Names are given in camel case.
 */
final class ProtoMembers {
    private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,18}");
    private static final Pattern CAPITAL = Pattern.compile("[A-Z]");

    private final Members members;

    ProtoMembers(Members members) {
        this.members = members;
    }

    static String snake(String camel) {
        return CAPITAL.matcher(camel)
                .replaceAll(capital -> "_" + capital.group().toLowerCase(Locale.ROOT));
    }

    Findings findings() {
        return members.findings();
    }

    boolean has(String camel) {
        return members.has(spelled(camel));
    }

    @Nullable
    JsonNode value(String camel) {
        return members.value(spelled(camel));
    }

    @Nullable
    String text(String camel) {
        return members.text(spelled(camel));
    }

    String needText(String camel) {
        return members.needText(spelled(camel));
    }

    /** A name of an enumeration in capitals, null if absent. */
    @Nullable
    String word(String camel) {
        String text = text(camel);
        return text == null ? null : text.toUpperCase(Locale.ROOT);
    }

    boolean isTrue(String camel) {
        return members.isTrue(spelled(camel));
    }

    @Nullable
    RawJson number(String camel) {
        return members.number(spelled(camel));
    }

    @Nullable
    RawJson raw(String camel) {
        return members.raw(spelled(camel));
    }

    @Nullable
    Long whole(String camel) {
        JsonNode value = value(camel);
        if (value == null) {
            return null;
        }
        if (value.isTextual() && WHOLE.matcher(value.textValue()).matches()) {
            return Long.valueOf(value.textValue());
        }
        if (value.isNumber()) {
            BigDecimal number = value.decimalValue();
            if (number.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0
                    && number.remainder(BigDecimal.ONE).signum() == 0) {
                return number.longValueExact();
            }
        }
        refuse(camel, "must be a whole number");
        return null;
    }

    @Nullable
    ProtoMembers object(String camel) {
        Members object = members.object(spelled(camel));
        return object == null ? null : new ProtoMembers(object);
    }

    List<ProtoMembers> objects(String camel) {
        String name = spelled(camel);
        if (members.value(name) instanceof ObjectNode) {
            Members single = members.object(name);
            return single == null ? List.of() : List.of(new ProtoMembers(single));
        }
        return members.objects(name).stream().map(ProtoMembers::new).toList();
    }

    List<String> texts(String camel) {
        return members.texts(spelled(camel));
    }

    /** Where a member stands in the body. */
    String path(String camel) {
        return members.path(spelled(camel));
    }

    void pass(String... camels) {
        members.pass(camels);
    }

    void refuse(String camel, String what) {
        members.refuse(spelled(camel), what);
    }

    void drop(String camel) {
        members.drop(spelled(camel));
    }

    void dropRest() {
        members.dropRest();
    }

    private String spelled(String camel) {
        return members.has(camel) ? camel : spelledInSnake(camel);
    }

    private String spelledInSnake(String camel) {
        String snake = snake(camel);
        return members.has(snake) ? snake : camel;
    }
}
