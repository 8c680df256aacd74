package dev.tollgate.web.relay.input;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tollgate.application.relay.JsonMembers.Kind;
import dev.tollgate.application.relay.JsonMembers.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Looks at a prompt that is a text or a list, in bytes known to be well-formed. */
public final class PromptList {
    private PromptList() {}

    /** How many prompts there are: those of a list, one where it is none or a list of one prompt's tokens. */
    public static long size(byte[] body, @Nullable Value value) {
        if (value == null || value.kind() != Kind.ARRAY) {
            return 1;
        }
        try (JsonParser parser = LenientJson.FACTORY.createParser(body, value.start(), value.end() - value.start())) {
            return size(parser);
        } catch (IOException e) {
            throw new UncheckedIOException("well-formed JSON could not be walked", e);
        }
    }

    private static long size(JsonParser parser) throws IOException {
        long prompts = 0;
        parser.nextToken();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (token.isNumeric()) {
                return 1;
            }
            prompts++;
            parser.skipChildren();
        }
        return Math.max(1, prompts);
    }

    /** An upper bound of the bytes a text has as UTF-8; none if it is no text. */
    public static long textBytes(byte[] body, @Nullable Value value) {
        return value == null || value.kind() != Kind.STRING
                ? 0
                : ByteRange.ofString(body, value.start()).utf8Length(body);
    }
}
