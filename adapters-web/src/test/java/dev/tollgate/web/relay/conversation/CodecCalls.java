package dev.tollgate.web.relay.conversation;

import dev.tollgate.application.relay.CallBody;
import dev.tollgate.application.relay.CallBounds;
import dev.tollgate.application.relay.CallError;
import dev.tollgate.application.relay.RelayCall;
import dev.tollgate.application.relay.conversation.AnswerEvent;
import dev.tollgate.application.relay.conversation.AnswerWriter;
import dev.tollgate.application.relay.conversation.Block;
import dev.tollgate.application.relay.conversation.CallerCodec;
import dev.tollgate.application.relay.conversation.CallerCodec.Reading;
import dev.tollgate.application.relay.conversation.Conversation;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.domain.usage.Served;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls whose body a codec reads and whose answer it writes. */
public final class CodecCalls {
    public static final String ID = "01890a5d-ac96-774b-bcce-b302099a8057";

    private CodecCalls() {}

    public static Conversation understood(CallerCodec codec, String body) {
        return switch (codec.read(body(body, true, true))) {
            case Reading.Understood(Conversation conversation) -> conversation;
            case Reading.Refused(CallError error) -> throw new AssertionError(error.toString());
        };
    }

    public static CallError refused(CallerCodec codec, String body) {
        return switch (codec.read(body(body, true, true))) {
            case Reading.Understood(Conversation conversation) -> throw new AssertionError(conversation.toString());
            case Reading.Refused(CallError error) -> error;
        };
    }

    /** All bytes of a streamed answer to a request. */
    public static String streamed(CallerCodec codec, String request, @Nullable String query, List<AnswerEvent> events) {
        return streamed(codec, request, call(request, true, query), events);
    }

    /** All bytes of a streamed answer to a request that asked for usage, or did not. */
    public static String streamed(CallerCodec codec, String request, boolean usageAsked, List<AnswerEvent> events) {
        return streamed(codec, request, call(request, true, null, usageAsked), events);
    }

    private static String streamed(CallerCodec codec, String request, RelayCall call, List<AnswerEvent> events) {
        AnswerWriter writer = codec.writer(call, understood(codec, request));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        events.forEach(event -> bytes.writeBytes(writer.write(event)));
        return bytes.toString(StandardCharsets.UTF_8);
    }

    public static String whole(CallerCodec codec, String request, List<AnswerEvent> events) {
        AnswerWriter writer = codec.writer(call(request, false, null), understood(codec, request));
        return new String(writer.whole(events), StandardCharsets.UTF_8);
    }

    /** The events of one block that grows in pieces. */
    public static List<AnswerEvent> block(Block block, String... pieces) {
        List<AnswerEvent> events = new ArrayList<>(List.of(new AnswerEvent.Opened(block)));
        for (String piece : pieces) {
            events.add(new AnswerEvent.Grew(piece));
        }
        events.add(new AnswerEvent.Closed());
        return events;
    }

    public static RelayCall call(String request, boolean stream, @Nullable String query) {
        return call(request, stream, query, true);
    }

    private static RelayCall call(String request, boolean stream, @Nullable String query, boolean usageAsked) {
        CallBody body = body(request, stream, usageAsked);
        RequestId id = RequestId.of(ID);
        return new RelayCall(id, "any", "/any", query, null, null, List.of(), body, null, false, null, null);
    }

    private static CallBody body(String text, boolean stream, boolean usageAsked) {
        return new CallBody(
                text.getBytes(StandardCharsets.UTF_8),
                CallBody.JSON,
                "the-model",
                stream,
                new CallBounds(null, null, 1, Map.of()),
                usageAsked,
                Served.ORDINARY,
                List.of(),
                List.of());
    }
}
