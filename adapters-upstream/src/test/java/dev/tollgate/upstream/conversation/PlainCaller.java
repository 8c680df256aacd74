package dev.tollgate.upstream.conversation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tollgate.application.relay.CallBody;
import dev.tollgate.application.relay.Header;
import dev.tollgate.application.relay.RelayCall;
import dev.tollgate.application.relay.conversation.AnswerEvent;
import dev.tollgate.application.relay.conversation.AnswerWriter;
import dev.tollgate.application.relay.conversation.Block;
import dev.tollgate.application.relay.conversation.CallerCodec;
import dev.tollgate.application.relay.conversation.Conversation;
import java.util.List;
import java.util.stream.Collectors;

/** A caller whose requests are always the same and who is told answers in plain words, a bar between two events. */
record PlainCaller(Conversation asked) implements CallerCodec {
    @Override
    public Reading read(CallBody body) {
        return new Reading.Understood(asked);
    }

    @Override
    public AnswerWriter writer(RelayCall call, Conversation conversation) {
        return new Plain();
    }

    private static final class Plain implements AnswerWriter {
        @Override
        public List<Header> headers() {
            return List.of(new Header("content-type", "text/plain"));
        }

        @Override
        public byte[] write(AnswerEvent event) {
            return (word(event) + "|").getBytes(UTF_8);
        }

        @Override
        public byte[] whole(List<AnswerEvent> events) {
            return events.stream()
                    .map(event -> word(event) + "|")
                    .collect(Collectors.joining())
                    .getBytes(UTF_8);
        }

        private static String word(AnswerEvent event) {
            return switch (event) {
                case AnswerEvent.Began began -> "began";
                case AnswerEvent.Opened(Block.ToolCall call) -> call.name();
                case AnswerEvent.Opened(Block block) ->
                    block.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
                case AnswerEvent.Grew(String piece) -> piece;
                case AnswerEvent.Signed signed -> "signed";
                case AnswerEvent.Closed closed -> "closed";
                case AnswerEvent.Finished finished ->
                    finished.reason() + " " + finished.usage().input() + "+"
                            + finished.usage().output();
            };
        }
    }
}
