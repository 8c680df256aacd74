package dev.tollgate.web.relay.anthropic.messages;

import dev.tollgate.application.relay.Header;
import dev.tollgate.application.relay.conversation.AnswerEvent;
import dev.tollgate.application.relay.conversation.AnswerWriter;
import java.util.List;

/**
 * Tells an answer as a message.
 *
 * <p>What Gemini wants back with a tool call has no place in a {@code tool_use} block: it goes before it as a
 * {@code redacted_thinking} block, which callers send back untouched, and {@link BlockReading} puts it where it belongs.
 */
final class MessagesWriter implements AnswerWriter {
    private final AnswerFrame frame;
    private final MessageStream stream;

    MessagesWriter(AnswerFrame frame) {
        this.frame = frame;
        this.stream = new MessageStream(frame);
    }

    @Override
    public List<Header> headers() {
        return List.of(new Header("content-type", frame.stream() ? "text/event-stream" : "application/json"));
    }

    @Override
    public byte[] write(AnswerEvent event) {
        return stream.write(event);
    }

    @Override
    public byte[] whole(List<AnswerEvent> events) {
        return WholeMessage.of(frame, events);
    }
}
