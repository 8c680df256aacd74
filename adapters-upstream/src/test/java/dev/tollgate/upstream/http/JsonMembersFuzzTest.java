package dev.tollgate.upstream.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.tollgate.application.relay.JsonMembers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Jackson is the referee: what it takes for an object we take, with the same members, and nothing else. */
class JsonMembersFuzzTest {
    private static final JsonFactory STRICT = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();
    private static final String[] PIECES = {
        "{", "}", "[", "]", ",", ":", "\"", "\\", " ", "0", "1", "-", ".", "e", "true", "null", "é", "\u0000", "a"
    };
    private static final int ROUNDS = 60_000;

    @Test
    void agrees_with_jackson_on_random_and_damaged_objects() {
        Random random = new Random(20261121);
        int accepted = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] json = ("{" + members(random, 0) + "}").getBytes(UTF_8);
            byte[] tried = random.nextInt(3) == 0 ? json : damaged(json, random);
            List<String> expected = jackson(tried);
            List<String> found =
                    JsonMembers.scan(tried) instanceof JsonMembers members ? described(members, tried) : null;
            assertThat(found).as(() -> new String(tried, UTF_8)).isEqualTo(expected);
            accepted += found == null ? 0 : 1;
        }
        assertThat(accepted).isBetween(ROUNDS / 4, ROUNDS);
    }

    private static List<String> described(JsonMembers members, byte[] json) {
        List<String> described = new ArrayList<>();
        members.values().forEach((name, value) -> {
            String text = members.text(name);
            described.add(name + "=" + (text != null ? text : (char) json[value.start()] + "@" + value.start()));
        });
        return described;
    }

    /** The same from Jackson; null if it refuses, or if the document breaks a rule that is ours (no key twice). */
    private static List<String> jackson(byte[] json) {
        try {
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString();
            List<String> described = new ArrayList<>();
            List<String> names = new ArrayList<>();
            try (JsonParser parser = STRICT.createParser(text)) {
                if (parser.nextToken() != JsonToken.START_OBJECT) {
                    return null;
                }
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String name = parser.currentName();
                    if (names.contains(name)) {
                        return null;
                    }
                    names.add(name);
                    JsonToken token = parser.nextToken();
                    int offset = bytesBefore(text, parser.currentTokenLocation().getCharOffset());
                    described.add(name + "="
                            + (token == JsonToken.VALUE_STRING
                                    ? parser.getText()
                                    : (char) json[offset] + "@" + offset));
                    parser.skipChildren();
                }
                return parser.nextToken() == null ? described : null;
            }
        } catch (CharacterCodingException notUtf8) {
            return null;
        } catch (IOException refused) {
            return null;
        }
    }

    private static int bytesBefore(String text, long chars) {
        return text.substring(0, (int) chars).getBytes(UTF_8).length;
    }

    private static String members(Random random, int depth) {
        StringBuilder members = new StringBuilder(space(random));
        int count = random.nextInt(5);
        for (int member = 0; member < count; member++) {
            String key = random.nextInt(4) == 0 ? string(random) : "\"k" + member + "\"";
            members.append(member == 0 ? "" : ",")
                    .append(space(random))
                    .append(key)
                    .append(space(random));
            members.append(':')
                    .append(space(random))
                    .append(value(random, depth))
                    .append(space(random));
        }
        return members.toString();
    }

    private static String value(Random random, int depth) {
        return switch (random.nextInt(depth > 4 ? 5 : 7)) {
            case 0 -> string(random);
            case 1 -> Long.toString(random.nextLong());
            case 2 -> Double.toString(random.nextGaussian() * 1e9);
            case 3 -> random.nextBoolean() ? "true" : "false";
            case 4 -> "null";
            case 5 -> "{" + members(random, depth + 1) + "}";
            default -> "[" + value(random, depth + 1) + "," + space(random) + value(random, depth + 1) + "]";
        };
    }

    private static String string(Random random) {
        StringBuilder string = new StringBuilder("\"");
        for (int left = random.nextInt(8); left > 0; left--) {
            string.append(
                    switch (random.nextInt(6)) {
                        case 0 -> "\\u" + String.format("%04x", random.nextInt(0x10000));
                        case 1 -> "\\" + "\"\\/bfnrt".charAt(random.nextInt(8));
                        case 2 -> new String(Character.toChars(0x1f600 + random.nextInt(40)));
                        case 3 -> "ß€";
                        default -> String.valueOf((char) ('a' + random.nextInt(26)));
                    });
        }
        return string.append('"').toString();
    }

    private static String space(Random random) {
        return random.nextInt(3) == 0 ? " \t\r\n".substring(random.nextInt(4)) : "";
    }

    private static byte[] damaged(byte[] json, Random random) {
        int at = random.nextInt(json.length);
        byte[] piece = PIECES[random.nextInt(PIECES.length)].getBytes(UTF_8);
        int cut = random.nextInt(2);
        byte[] damaged = new byte[json.length + piece.length - cut];
        System.arraycopy(json, 0, damaged, 0, at);
        System.arraycopy(piece, 0, damaged, at, piece.length);
        System.arraycopy(json, at + cut, damaged, at + piece.length, json.length - at - cut);
        return damaged;
    }
}
