package dev.tollgate.upstream.conversation;

import dev.tollgate.application.relay.Header;
import dev.tollgate.application.relay.conversation.AnswerEvent;
import dev.tollgate.application.relay.conversation.AnswerWriter;
import dev.tollgate.domain.usage.TokenUsage;
import dev.tollgate.upstream.http.StreamEvent;
import dev.tollgate.upstream.http.Translation;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** One platform's reader and one dialect's writer, joined for one answer. */
final class Retelling implements Translation {
    private final AnswerReader reader;
    private final AnswerWriter writer;
    private final Function<byte[], String> words;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private boolean hasBegun;

    Retelling(AnswerReader reader, AnswerWriter writer, Function<byte[], String> words) {
        this.reader = reader;
        this.writer = writer;
        this.words = words;
    }

    @Override
    public List<Header> headers() {
        return writer.headers();
    }

    @Override
    public byte[] event(StreamEvent event, TokenUsage known) {
        begin(known);
        reader.event(event, this::write);
        return taken();
    }

    @Override
    public byte[] end(TokenUsage usage) {
        begin(usage);
        reader.end(this::write);
        write(finished(usage));
        return taken();
    }

    @Override
    public byte[] whole(byte[] body, TokenUsage usage) {
        List<AnswerEvent> events = new ArrayList<>();
        events.add(new AnswerEvent.Began(usage));
        reader.whole(body, events::add);
        events.add(finished(usage));
        return writer.whole(events);
    }

    @Override
    public String words(byte[] body) {
        return words.apply(body);
    }

    private void begin(TokenUsage known) {
        if (!hasBegun) {
            hasBegun = true;
            write(new AnswerEvent.Began(known));
        }
    }

    private AnswerEvent.Finished finished(TokenUsage usage) {
        AnswerReader.Stop stop = reader.stop();
        return new AnswerEvent.Finished(stop.reason(), stop.sequence(), usage);
    }

    private void write(AnswerEvent event) {
        written.writeBytes(writer.write(event));
    }

    private byte[] taken() {
        byte[] bytes = written.toByteArray();
        written.reset();
        return bytes;
    }
}
