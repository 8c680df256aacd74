package dev.tollgate.upstream.bedrock;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.tollgate.application.relay.RelayCall;
import dev.tollgate.application.relay.conversation.CallerCodec;
import dev.tollgate.application.relay.conversation.Media;
import dev.tollgate.application.relay.conversation.Part;
import java.util.Arrays;
import java.util.List;

/** Whether a messages request shows something by its address: Claude on Bedrock only takes bytes. */
final class ShownByAddress {
    private static final byte[] URL = "\"url\"".getBytes(US_ASCII);
    private static final byte[] TYPE = "\"type\"".getBytes(US_ASCII);

    private ShownByAddress() {}

    static boolean isIn(RelayCall call) {
        CallerCodec codec = call.codec();
        return codec != null
                && mayBeIn(call.body().bytes())
                && codec.read(call.body()) instanceof CallerCodec.Reading.Understood understood
                && understood.conversation().turns().stream().anyMatch(turn -> isIn(turn.parts()));
    }

    private static boolean isIn(List<Part> parts) {
        return parts.stream().anyMatch(part -> switch (part) {
            case Part.Image image -> image.media() instanceof Media.Url;
            case Part.Document document -> document.media() instanceof Media.Url;
            case Part.ToolResult result -> isIn(result.content());
            case Part.Text text -> false;
            case Part.Refusal refusal -> false;
            case Part.Audio audio -> false;
            case Part.Thinking thinking -> false;
            case Part.Redacted redacted -> false;
            case Part.ToolCall call -> false;
        });
    }

    /** Looks for {@code "type":"url"}, so that few bodies have to be read for it. */
    private static boolean mayBeIn(byte[] json) {
        for (int at = 0; at + URL.length <= json.length; at++) {
            if (json[at] == '"' && Arrays.equals(json, at, at + URL.length, URL, 0, URL.length) && isType(json, at)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isType(byte[] json, int value) {
        int colon = before(json, value);
        int end = colon >= 0 && json[colon] == ':' ? before(json, colon) + 1 : 0;
        int start = end - TYPE.length;
        return start >= 0 && Arrays.equals(json, start, end, TYPE, 0, TYPE.length);
    }

    /** The last byte before a place that is no white space, -1 if there is none. */
    private static int before(byte[] json, int place) {
        int at = place - 1;
        while (at >= 0 && json[at] <= ' ' && json[at] >= 0) {
            at--;
        }
        return at;
    }
}
