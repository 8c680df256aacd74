package dev.tollgate.web.relay.gemini.content;

import dev.tollgate.application.relay.Header;
import dev.tollgate.application.relay.conversation.AnswerEvent;
import dev.tollgate.application.relay.conversation.AnswerWriter;
import dev.tollgate.application.relay.conversation.Block;
import dev.tollgate.web.relay.conversation.WholeAnswer;
import dev.tollgate.web.relay.conversation.WholeAnswer.WholeBlock;
import java.util.List;

/**
 * Tells an answer as responses of {@code generateContent}.
 *
 * <p>Thoughts are told only to those who asked for them. A signature without words is told to all: a caller that sends
 * it back with the conversation lets the provider go on where it was, and {@link PartReading} puts it where it belongs.
 */
final class ContentWriter implements AnswerWriter {
    private final ResponseFrame frame;
    private final StreamForm form;
    private final ContentStream stream;

    ContentWriter(ResponseFrame frame, StreamForm form) {
        this.frame = frame;
        this.form = form;
        this.stream = new ContentStream(frame, form);
    }

    @Override
    public List<Header> headers() {
        return List.of(new Header("content-type", form.contentType()));
    }

    @Override
    public byte[] write(AnswerEvent event) {
        return stream.write(event);
    }

    @Override
    public byte[] whole(List<AnswerEvent> events) {
        WholeAnswer answer = WholeAnswer.of(events);
        AnswerEvent.Finished finished = answer.finished();
        boolean hasRefused = answer.blocks().stream().anyMatch(block -> block.block() instanceof Block.Refusal);
        return frame.response(
                json -> {
                    for (WholeBlock block : answer.blocks()) {
                        if (frame.tells(block)) {
                            PartForm.writeClosed(json, block, block.text());
                        }
                    }
                },
                ResponseFrame.word(finished.reason(), hasRefused),
                finished.usage());
    }
}
