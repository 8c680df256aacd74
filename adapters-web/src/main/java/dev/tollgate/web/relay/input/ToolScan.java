package dev.tollgate.web.relay.input;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tollgate.application.relay.JsonMembers.Kind;
import dev.tollgate.application.relay.JsonMembers.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads which tools a body offers, from bytes known to be well-formed. */
final class ToolScan {
    private ToolScan() {}

    static List<OfferedTool> tools(byte[] body, @Nullable Value tools) {
        if (tools == null || tools.kind() != Kind.ARRAY) {
            return List.of();
        }
        try (JsonParser parser = LenientJson.FACTORY.createParser(body, tools.start(), tools.end() - tools.start())) {
            return tools(parser);
        } catch (IOException e) {
            throw new UncheckedIOException("well-formed JSON could not be walked", e);
        }
    }

    private static List<OfferedTool> tools(JsonParser parser) throws IOException {
        List<OfferedTool> tools = new ArrayList<>();
        parser.nextToken();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (token == JsonToken.START_OBJECT) {
                tools.add(tool(parser));
            } else {
                parser.skipChildren();
            }
        }
        return tools;
    }

    private static OfferedTool tool(JsonParser parser) throws IOException {
        String type = "";
        Long usesMax = null;
        String container = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (name.equals("type") && value == JsonToken.VALUE_STRING) {
                type = parser.getText();
            } else if (name.equals("max_uses") && value == JsonToken.VALUE_NUMBER_INT) {
                usesMax = uses(parser);
            } else if (name.equals("container") && value == JsonToken.VALUE_STRING) {
                container = parser.getText();
            }
            parser.skipChildren();
        }
        return new OfferedTool(type, usesMax, container);
    }

    private static @Nullable Long uses(JsonParser parser) throws IOException {
        if (parser.getNumberType() == JsonParser.NumberType.INT) {
            return parser.getLongValue();
        }
        return parser.getBigIntegerValue().signum() > 0 ? (Long) Long.MAX_VALUE : null;
    }
}
