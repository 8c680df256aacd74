package dev.tollgate.upstream.bedrock.conversation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.relay.CallBody;
import dev.tollgate.application.relay.Header;
import dev.tollgate.application.relay.RelayCall;
import dev.tollgate.application.relay.conversation.AnswerEvent;
import dev.tollgate.application.relay.conversation.AnswerWriter;
import dev.tollgate.application.relay.conversation.Block;
import dev.tollgate.application.relay.conversation.CallerCodec;
import dev.tollgate.application.relay.conversation.Conversation;
import java.util.List;

/** A dialect whose every body means the same, and which tells an answer one event a line, in strict order. */
public record ToldConversation(Conversation conversation) implements CallerCodec {
    @Override
    public Reading read(CallBody body) {
        return new Reading.Understood(conversation);
    }

    @Override
    public AnswerWriter writer(RelayCall call, Conversation asked) {
        return new Lines();
    }

    private static final class Lines implements AnswerWriter {
        private boolean begun;
        private boolean open;
        private boolean finished;

        @Override
        public List<Header> headers() {
            return List.of(new Header("content-type", "text/plain"));
        }

        @Override
        public byte[] write(AnswerEvent event) {
            return (line(event) + "\n").getBytes(UTF_8);
        }

        private String line(AnswerEvent event) {
            assertThat(finished).isFalse();
            assertThat(begun).isEqualTo(!(event instanceof AnswerEvent.Began));
            return switch (event) {
                case AnswerEvent.Began began -> {
                    begun = true;
                    yield "began";
                }
                case AnswerEvent.Opened(Block block) -> {
                    assertThat(open).isFalse();
                    open = true;
                    yield "opened " + block;
                }
                case AnswerEvent.Grew(String piece) -> inside("grew " + piece);
                case AnswerEvent.Signed signed -> inside("signed " + signed.signature());
                case AnswerEvent.Closed closed -> {
                    String line = inside("closed");
                    open = false;
                    yield line;
                }
                case AnswerEvent.Finished told -> {
                    assertThat(open).isFalse();
                    finished = true;
                    yield "finished " + told.reason() + " " + told.stopSequence() + " "
                            + told.usage().output();
                }
            };
        }

        private String inside(String line) {
            assertThat(open).isTrue();
            return line;
        }

        @Override
        public byte[] whole(List<AnswerEvent> events) {
            StringBuilder lines = new StringBuilder();
            events.forEach(event -> lines.append(line(event)).append('\n'));
            return lines.toString().getBytes(UTF_8);
        }
    }
}
