package dev.tollgate.upstream.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tollgate.application.relay.JsonMembers;
import dev.tollgate.application.relay.JsonMembers.Value;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Changes to single members of a JSON text; every other byte stays as it is. */
public final class JsonEdits {
    private final byte[] json;
    private final List<Edit> edits = new ArrayList<>();

    private record Edit(int from, int to, String text) {}

    public JsonEdits(byte[] json) {
        this.json = json;
    }

    /**
     * Gives a member another value, adding it in front if the object has none of that name. At most once a member.
     *
     * @param value JSON text
     */
    public void set(JsonMembers object, String name, String value) {
        Value old = object.value(name);
        if (old != null) {
            edits.add(new Edit(old.start(), old.end(), value));
        } else {
            String comma = object.names().isEmpty() ? "" : ",";
            edits.add(new Edit(object.start() + 1, object.start() + 1, quoted(name) + ":" + value + comma));
        }
    }

    /**
     * Takes elements out of a list, with the commas they leave; nothing inside them may be changed besides.
     *
     * @param elements all of the list
     */
    public void removeElements(List<Value> elements, Collection<Value> removed) {
        boolean anyKept = false;
        for (int at = 0; at < elements.size(); at++) {
            Value element = elements.get(at);
            if (!removed.contains(element)) {
                anyKept = true;
            } else if (anyKept) {
                edits.add(new Edit(elements.get(at - 1).end(), element.end(), ""));
            } else {
                boolean isLast = at == elements.size() - 1;
                int to = isLast ? element.end() : elements.get(at + 1).start();
                edits.add(new Edit(element.start(), to, ""));
            }
        }
    }

    /** Takes members out of an object; nothing inside them may be changed besides. */
    public void removeMembers(JsonMembers object, Set<String> names) {
        List<Value> whole = new ArrayList<>();
        List<Value> removed = new ArrayList<>();
        int from = object.start() + 1;
        for (Map.Entry<String, Value> member : object.values().entrySet()) {
            Value value = member.getValue();
            Value entry = new Value(value.kind(), nextQuote(from), value.end());
            whole.add(entry);
            if (names.contains(member.getKey())) {
                removed.add(entry);
            }
            from = value.end();
        }
        removeElements(whole, removed);
    }

    /** Where the next key begins: only white space and a comma can stand before it. */
    private int nextQuote(int from) {
        int at = from;
        while (json[at] != '"') {
            at++;
        }
        return at;
    }

    /** The text with its changes; the very same bytes if there are none. */
    public byte[] bytes() {
        if (edits.isEmpty()) {
            return json;
        }
        edits.sort(Comparator.comparingInt(Edit::from));
        ByteArrayOutputStream edited = new ByteArrayOutputStream(json.length + 128);
        int copied = 0;
        for (Edit edit : edits) {
            edited.write(json, copied, edit.from() - copied);
            edited.writeBytes(edit.text().getBytes(UTF_8));
            copied = edit.to();
        }
        edited.write(json, copied, json.length - copied);
        return edited.toByteArray();
    }

    /** A string as JSON text. */
    public static String quoted(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        for (int at = 0; at < text.length(); at++) {
            char next = text.charAt(at);
            if (next == '"' || next == '\\') {
                quoted.append('\\').append(next);
            } else if (next < ' ') {
                quoted.append(String.format("\\u%04x", (int) next));
            } else {
                quoted.append(next);
            }
        }
        return quoted.append('"').toString();
    }
}
