package dev.tollgate.persistence.journal;

import dev.tollgate.application.usage.UsageJournal.LeftOpen;
import dev.tollgate.domain.relay.Progress;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.persistence.codec.UsageCodec;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What earlier starts left open: where each call's entries lie, read again when they are asked for. */
final class LeftBehind {
    private final Map<RequestId, Entries> calls = new LinkedHashMap<>();

    synchronized void read(Segment segment, Frame frame, int offset) {
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

    /** Nobody will ask for a call that is closed. */
    synchronized void closed(RequestId id) {
        calls.remove(id);
    }

    private synchronized List<Entries> entries() {
        return List.copyOf(calls.values());
    }

    /** Hands on each call whose beginning or result is known. */
    void forEach(Consumer<LeftOpen> each) throws IOException {
        try (Files files = new Files()) {
            for (Entries entries : entries()) {
                LeftOpen call = call(entries, files);
                if (call != null) {
                    each.accept(call);
                }
            }
        }
    }

    private static @Nullable LeftOpen call(Entries entries, Files files) throws IOException {
        if (entries.settled != null) {
            return new LeftOpen.Settled(UsageCodec.settlement(files.body(entries.settled)));
        }
        if (entries.sent == null) {
            return null;
        }
        Progress progress = entries.progress == null ? null : UsageCodec.progress(files.body(entries.progress));
        return new LeftOpen.Unsettled(UsageCodec.ticket(files.body(entries.sent)), progress);
    }

    private static final class Entries {
        @Nullable
        Place sent;

        @Nullable
        Place progress;

        @Nullable
        Place settled;
    }

    /** The segments that were read from, kept open until all is read. */
    private static final class Files implements AutoCloseable {
        private final Map<Segment, RandomAccessFile> open = new HashMap<>();

        byte[] body(Place place) throws IOException {
            RandomAccessFile file = open.get(place.segment());
            if (file == null) {
                file = new RandomAccessFile(place.segment().file().toFile(), "r");
                open.put(place.segment(), file);
            }
            return place.read(file);
        }

        @Override
        public void close() throws IOException {
            for (RandomAccessFile file : open.values()) {
                file.close();
            }
        }
    }
}
