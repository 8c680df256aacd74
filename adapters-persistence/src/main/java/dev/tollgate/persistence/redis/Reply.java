package dev.tollgate.persistence.redis;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What a script answers: a word, then values; Redis' texts are bytes. */
record Reply(List<?> values) {
    String word() {
        return text(0);
    }

    boolean isYes() {
        return word().equals("yes");
    }

    int size() {
        return values.size();
    }

    byte[] bytes(int index) {
        return (byte[]) value(index);
    }

    String text(int index) {
        return new String(bytes(index), StandardCharsets.UTF_8);
    }

    /** A number, or a text that is one. */
    long number(int index) {
        return value(index) instanceof Long number ? number : Long.parseLong(text(index));
    }

    Reply list(int index) {
        return new Reply((List<?>) value(index));
    }

    List<Reply> lists() {
        List<Reply> lists = new ArrayList<>();
        values.forEach(value -> lists.add(new Reply((List<?>) Objects.requireNonNull(value))));
        return lists;
    }

    /** Names and values by turns. */
    Map<String, byte[]> fields() {
        Map<String, byte[]> fields = new LinkedHashMap<>();
        for (int i = 0; i < values.size(); i += 2) {
            fields.put(text(i), bytes(i + 1));
        }
        return fields;
    }

    private Object value(int index) {
        return Objects.requireNonNull(values.get(index), "a script answers no nil");
    }
}
