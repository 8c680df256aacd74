package dev.tollgate.web.relay.input;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One JSON object inside a prompt, as far as it has been read: a message, a block of content, a source. */
final class Block {
    private static final int WORD_BYTES_MAX = 100;

    /** The member it is the value of; that of the list, if it is one of a list. */
    final String name;

    final List<ByteRange> texts = new ArrayList<>();
    String type = "";
    String role = "";
    String mediaType = "";

    /** The name of what was uploaded before; empty if it is none. */
    String fileId = "";

    boolean isCached;

    /** Bytes that are not text: base64, or a data URL. */
    @Nullable
    ByteRange data;

    boolean isElsewhere;

    @Nullable
    Block source;

    Block(String name) {
        this.name = name;
    }

    void take(String member, ByteRange value, byte[] body) {
        switch (member) {
            case "type" -> type = word(value, body);
            case "role" -> role = word(value, body);
            case "media_type" -> mediaType = word(value, body);
            case "data", "file_data" -> data = value;
            case "url", "image_url" -> {
                if (value.startsWith(body, "data:")) {
                    data = value;
                } else {
                    isElsewhere = true;
                }
            }
            case "file_id" -> {
                isElsewhere = true;
                fileId = word(value, body);
            }
            case "file_url" -> isElsewhere = true;
            default -> {}
        }
    }

    private static String word(ByteRange value, byte[] body) {
        return value.length() > WORD_BYTES_MAX
                ? ""
                : new String(body, value.start(), value.length(), StandardCharsets.UTF_8);
    }
}
