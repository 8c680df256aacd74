package dev.tollgate.application.relay;

import dev.tollgate.application.relay.conversation.AnswerEvent;
import dev.tollgate.application.relay.conversation.AnswerWriter;
import dev.tollgate.application.relay.conversation.CallerCodec;
import dev.tollgate.application.relay.conversation.Conversation;
import dev.tollgate.application.relay.conversation.OutputFormat;
import dev.tollgate.application.relay.conversation.Part;
import dev.tollgate.application.relay.conversation.Sampling;
import dev.tollgate.application.relay.conversation.ToolChoice;
import dev.tollgate.application.relay.conversation.Turn;
import java.util.List;

/** What the test of an account says, for models its dialect does not reach; nobody reads the answer. */
final class OneWord implements CallerCodec, AnswerWriter {
    private static final Conversation HI = new Conversation(
            List.of(new Turn(Turn.Role.USER, List.of(new Part.Text("Hi")))),
            List.of(),
            ToolChoice.AUTO,
            Sampling.ORDINARY,
            null,
            null,
            OutputFormat.TEXT,
            List.of());

    @Override
    public Reading read(CallBody body) {
        return new Reading.Understood(HI);
    }

    @Override
    public AnswerWriter writer(RelayCall call, Conversation conversation) {
        return this;
    }

    @Override
    public List<Header> headers() {
        return List.of();
    }

    @Override
    public byte[] write(AnswerEvent event) {
        return new byte[0];
    }

    @Override
    public byte[] whole(List<AnswerEvent> events) {
        return new byte[0];
    }
}
