package dev.tollgate.upstream.conversation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.relay.conversation.AnswerEvent;
import dev.tollgate.application.relay.conversation.Block;
import dev.tollgate.upstream.http.StreamEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Writes an answer's events down, one line a block, and sees to it that they come in order. */
public final class Told implements Consumer<AnswerEvent> {
    private final List<String> lines = new ArrayList<>();
    private final StringBuilder grown = new StringBuilder();
    private Block open;
    private String signature = "";

    /** What a stream means, and at the end why it ended. */
    public static List<String> streamed(AnswerReader reader, List<String> events) {
        Told told = new Told();
        StreamEvent event = new StreamEvent();
        for (String text : events) {
            byte[] bytes = text.getBytes(UTF_8);
            event.read(bytes, 0, bytes.length);
            reader.event(event, told);
        }
        reader.end(told);
        return told.ended(reader);
    }

    /** What a whole answer means, and at the end why it ended. */
    public static List<String> whole(AnswerReader reader, byte[] body) {
        Told told = new Told();
        reader.whole(body, told);
        return told.ended(reader);
    }

    @Override
    public void accept(AnswerEvent event) {
        switch (event) {
            case AnswerEvent.Opened(Block block) -> {
                assertThat(open).as("a block open before %s", block).isNull();
                open = block;
            }
            case AnswerEvent.Grew(String piece) -> {
                assertThat(open).as("the block that grows").isNotNull();
                assertThat(piece).isNotEmpty();
                grown.append(piece);
            }
            case AnswerEvent.Signed(var signed) -> {
                assertThat(open).as("the block that is signed").isNotNull();
                signature = signed.origin() + "/" + signed.value();
            }
            case AnswerEvent.Closed() -> close();
            case AnswerEvent.Began began -> throw new AssertionError("the beginning is told for it");
            case AnswerEvent.Finished finished -> throw new AssertionError("the end is told for it");
        }
    }

    private void close() {
        assertThat(open).as("the block that closes").isNotNull();
        String line = switch (open) {
            case Block.Text text -> "text: " + grown;
            case Block.Thinking thinking -> "thinking: " + grown;
            case Block.Refusal refusal -> "refusal: " + grown;
            case Block.Redacted(var data) -> "redacted: " + data.origin() + "/" + data.value();
            case Block.ToolCall(String id, String name, var signed) ->
                "call " + id + ": " + name + " " + grown
                        + (signed == null ? "" : " signed " + signed.origin() + "/" + signed.value());
        };
        lines.add(line + (signature.isEmpty() ? "" : " signed " + signature));
        open = null;
        grown.setLength(0);
        signature = "";
    }

    private List<String> ended(AnswerReader reader) {
        assertThat(open).as("a block left open").isNull();
        AnswerReader.Stop stop = reader.stop();
        lines.add(stop.reason() + (stop.sequence() == null ? "" : " " + stop.sequence()));
        return lines;
    }
}
