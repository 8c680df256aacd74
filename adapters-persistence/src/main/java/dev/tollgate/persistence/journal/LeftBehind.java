package dev.tollgate.persistence.journal;

import dev.tollgate.application.usage.UsageJournal.LeftOpen;
import dev.tollgate.domain.relay.Progress;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.persistence.codec.UsageCodec;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What earlier starts left open: where each call's entries lie, read again when they are asked for. */
final class LeftBehind {
    private final Map<RequestId, Entries> calls = new LinkedHashMap<>();

    void read(Segment segment, Frame frame, int offset) {
        Place place = new Place(segment, offset, frame.size());
        if (frame.type() == Frame.Type.CLOSED) {
            calls.remove(frame.id());
            return;
        }
        Entries entries = calls.computeIfAbsent(frame.id(), id -> new Entries());
        switch (frame.type()) {
            case SENT -> entries.sent = place;
            case PROGRESS -> entries.progress = place;
            case SETTLED -> entries.settled = place;
            case CLOSED -> throw new IllegalStateException("closed entries are taken out above");
        }
    }

    /** Hands on each call whose beginning or result is known. */
    void forEach(Consumer<LeftOpen> each) throws IOException {
        for (Entries entries : calls.values()) {
            LeftOpen call = call(entries);
            if (call != null) {
                each.accept(call);
            }
        }
    }

    private static @Nullable LeftOpen call(Entries entries) throws IOException {
        if (entries.settled != null) {
            return new LeftOpen.Settled(UsageCodec.settlement(entries.settled.body()));
        }
        if (entries.sent == null) {
            return null;
        }
        Progress progress = entries.progress == null ? null : UsageCodec.progress(entries.progress.body());
        return new LeftOpen.Unsettled(UsageCodec.ticket(entries.sent.body()), progress);
    }

    private static final class Entries {
        @Nullable
        Place sent;

        @Nullable
        Place progress;

        @Nullable
        Place settled;
    }

    private record Place(Segment segment, int offset, int bytes) {
        byte[] body() throws IOException {
            byte[] frame = new byte[bytes];
            try (RandomAccessFile file = new RandomAccessFile(segment.file().toFile(), "r")) {
                file.seek(offset);
                file.readFully(frame);
            }
            Frame read = Frame.at(ByteBuffer.wrap(frame), 0);
            if (read == null) {
                throw new JournalDamaged(segment.file(), offset);
            }
            return read.body();
        }
    }
}
