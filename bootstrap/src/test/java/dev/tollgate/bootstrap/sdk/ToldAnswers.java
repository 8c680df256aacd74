package dev.tollgate.bootstrap.sdk;

import dev.tollgate.application.relay.CallBody;
import dev.tollgate.application.relay.CallBounds;
import dev.tollgate.application.relay.RelayCall;
import dev.tollgate.application.relay.conversation.AnswerEvent;
import dev.tollgate.application.relay.conversation.AnswerWriter;
import dev.tollgate.application.relay.conversation.Block;
import dev.tollgate.application.relay.conversation.CallerCodec;
import dev.tollgate.application.relay.conversation.CallerCodec.Reading;
import dev.tollgate.application.relay.conversation.Signature;
import dev.tollgate.application.relay.conversation.StopReason;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.domain.usage.Served;
import dev.tollgate.domain.usage.TokenClass;
import dev.tollgate.domain.usage.TokenUsage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** One answer with everything in it, told by a dialect's codec as another platform's would be. */
final class ToldAnswers {
    static final TokenUsage USAGE = new TokenUsage(Map.of(
            TokenClass.INPUT, 10L,
            TokenClass.CACHE_READ, 20L,
            TokenClass.CACHE_WRITE_5M, 3L,
            TokenClass.OUTPUT, 5L,
            TokenClass.REASONING, 6L));

    private static final List<AnswerEvent> EVENTS = List.of(
            new AnswerEvent.Began(TokenUsage.of(10, 0)),
            new AnswerEvent.Opened(new Block.Thinking()),
            new AnswerEvent.Grew("Hm"),
            new AnswerEvent.Grew("."),
            new AnswerEvent.Signed(new Signature(Signature.OPENAI, "enc")),
            new AnswerEvent.Closed(),
            new AnswerEvent.Opened(new Block.Redacted(new Signature(Signature.OPENAI, "dark"))),
            new AnswerEvent.Closed(),
            new AnswerEvent.Opened(new Block.Text()),
            new AnswerEvent.Grew("Let me "),
            new AnswerEvent.Grew("see."),
            new AnswerEvent.Closed(),
            new AnswerEvent.Opened(new Block.ToolCall("call_1", "weather", null)),
            new AnswerEvent.Grew("{\"city\":"),
            new AnswerEvent.Grew("\"Rome\"}"),
            new AnswerEvent.Closed(),
            new AnswerEvent.Opened(new Block.ToolCall("call:2", "time", null)),
            new AnswerEvent.Closed(),
            new AnswerEvent.Finished(StopReason.TOOL_CALLS, null, USAGE));

    private ToldAnswers() {}

    static String whole(CallerCodec codec, String request) {
        return new String(writer(codec, call(request, false)).whole(EVENTS), StandardCharsets.UTF_8);
    }

    /** The data of each event of the stream. */
    static List<String> streamed(CallerCodec codec, String request) {
        AnswerWriter writer = writer(codec, call(request, true));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        EVENTS.forEach(event -> bytes.writeBytes(writer.write(event)));
        return Arrays.stream(bytes.toString(StandardCharsets.UTF_8).split("\\R"))
                .filter(line -> line.startsWith("data: "))
                .map(line -> line.substring("data: ".length()))
                .toList();
    }

    private static AnswerWriter writer(CallerCodec codec, RelayCall call) {
        return switch (codec.read(call.body())) {
            case Reading.Understood(var conversation) -> codec.writer(call, conversation);
            case Reading.Refused(var error) -> throw new AssertionError(error.toString());
        };
    }

    private static RelayCall call(String request, boolean stream) {
        CallBody body = new CallBody(
                request.getBytes(StandardCharsets.UTF_8),
                CallBody.JSON,
                "the-model",
                stream,
                new CallBounds(null, null, 1, Map.of()),
                true,
                Served.ORDINARY,
                List.of(),
                List.of());
        RequestId id = RequestId.of("01890a5d-ac96-774b-bcce-b302099a8057");
        return new RelayCall(id, "any", "/any", "alt=sse", null, null, List.of(), body, null, false, null, null);
    }
}
