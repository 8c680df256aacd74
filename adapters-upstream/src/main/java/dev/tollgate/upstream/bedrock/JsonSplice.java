package dev.tollgate.upstream.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tollgate.application.relay.JsonMembers;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.Set;

/** Takes members out of a JSON object and puts others in front; every member that stays keeps its bytes. */
final class JsonSplice {
    private JsonSplice() {}

    /**
     * The object without some members.
     *
     * @param first members to stand in front, as JSON text without braces; empty for none
     */
    static byte[] without(byte[] json, JsonMembers object, Set<String> names, String first) {
        ByteArrayOutputStream spliced = new ByteArrayOutputStream(json.length + first.length());
        spliced.write('{');
        spliced.writeBytes(first.getBytes(UTF_8));
        boolean hasMembers = !first.isEmpty();
        int at = object.start() + 1;
        for (Map.Entry<String, JsonMembers.Value> member : object.values().entrySet()) {
            int end = member.getValue().end();
            if (!names.contains(member.getKey())) {
                if (hasMembers) {
                    spliced.write(',');
                }
                int key = nextQuote(json, at);
                spliced.write(json, key, end - key);
                hasMembers = true;
            }
            at = end;
        }
        spliced.write('}');
        return spliced.toByteArray();
    }

    /** Where the next key begins: only white space and a comma can stand before it. */
    private static int nextQuote(byte[] json, int from) {
        int at = from;
        while (json[at] != '"') {
            at++;
        }
        return at;
    }
}
