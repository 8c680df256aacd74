package dev.tollgate.persistence.journal;

import dev.tollgate.application.usage.UsageJournal;
import dev.tollgate.domain.relay.Progress;
import dev.tollgate.domain.relay.RequestId;
import dev.tollgate.domain.relay.Settlement;
import dev.tollgate.domain.relay.Ticket;
import dev.tollgate.persistence.codec.UsageCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The journal in a folder of append-only files: written before a method returns, on the disk within 20 ms. */
public final class FileUsageJournal implements UsageJournal, AutoCloseable {
    private static final long SYNC_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long LONG_AGO = System.nanoTime() - TimeUnit.DAYS.toNanos(1);
    private static final byte[] NOTHING = {};

    private final Path folder;
    private final JournalSettings settings;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition written = lock.newCondition();
    private final Condition synced = lock.newCondition();
    private final OpenIds ids = new OpenIds();
    private final LeftBehind leftBehind = new LeftBehind();
    private final DiskReserve reserve;
    private final Thread syncing;
    private SegmentWriter writer;
    private long writtenFrames;
    private long syncedFrames;
    private boolean isClosed;
    private @Nullable IOException failure;

    private FileUsageJournal(Path folder, JournalSettings settings) throws IOException {
        this.folder = folder;
        this.settings = settings;
        this.reserve = new DiskReserve(folder, settings.reserveBytes());
        this.writer = SegmentWriter.create(new Segment(folder, readEarlier() + 1));
        ids.segment(writer.segment().number());
        reserve.keep();
        this.syncing = Thread.ofPlatform().name("journal-sync").daemon().unstarted(this::syncUntilClosed);
    }

    /**
     * Opens the journal in a folder that this process has for itself, and reads what earlier starts left there.
     *
     * @throws JournalDamaged if an entry in the middle of a file cannot be read
     * @throws UncheckedIOException if the folder cannot be read or written, or has no room
     */
    public static FileUsageJournal open(Path folder, JournalSettings settings) {
        try {
            FileUsageJournal journal = new FileUsageJournal(Files.createDirectories(folder), settings);
            journal.syncing.start();
            return journal;
        } catch (IOException e) {
            throw new UncheckedIOException("the journal in " + folder + " cannot be opened: " + e.getMessage(), e);
        }
    }

    private long readEarlier() throws IOException {
        long last = 0;
        for (Segment segment : Segment.in(folder)) {
            ids.segment(segment.number());
            segment.read((frame, offset) -> {
                leftBehind.read(segment, frame, offset);
                track(frame, new Place(segment, offset, frame.size()), LONG_AGO);
            });
            last = segment.number();
        }
        return last;
    }

    private void track(Frame frame, Place place, long nanoTime) {
        switch (frame.type()) {
            case SENT -> ids.entered(frame.id(), place.segment().number());
            case SETTLED -> ids.settled(frame.id(), place, nanoTime);
            case CLOSED -> {
                ids.closed(frame.id());
                leftBehind.closed(frame.id());
            }
            case PROGRESS -> {} // says nothing new about which calls are open
        }
    }

    @Override
    public void sent(Ticket ticket) {
        append(List.of(new Frame(Frame.Type.SENT, ticket.id(), UsageCodec.write(ticket))), true);
    }

    @Override
    public void progress(List<Progress> running) {
        append(
                running.stream()
                        .filter(call -> isRunning(call.id()))
                        .map(call -> new Frame(Frame.Type.PROGRESS, call.id(), UsageCodec.write(call)))
                        .toList(),
                false);
    }

    private boolean isRunning(RequestId id) {
        lock.lock();
        try {
            return ids.isRunning(id);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void settled(Settlement settlement) {
        append(List.of(new Frame(Frame.Type.SETTLED, settlement.id(), UsageCodec.write(settlement))), true);
    }

    @Override
    public void closed(List<RequestId> closed) {
        append(
                closed.stream()
                        .filter(this::isOpen)
                        .map(id -> new Frame(Frame.Type.CLOSED, id, NOTHING))
                        .toList(),
                false);
    }

    private boolean isOpen(RequestId id) {
        lock.lock();
        try {
            return ids.contains(id);
        } finally {
            lock.unlock();
        }
    }

    private void append(List<Frame> frames, boolean isReleasing) {
        if (frames.isEmpty()) {
            return;
        }
        lock.lock();
        try {
            requireIntact();
            write(frames);
            track(frames);
            writtenFrames++;
            written.signal();
            if (isReleasing && settings.syncBeforeRelease()) {
                awaitSync(writtenFrames);
            }
        } catch (IOException e) {
            throw failed(e);
        } finally {
            lock.unlock();
        }
    }

    /** The frames are the last that were written. */
    private void track(List<Frame> frames) {
        long now = System.nanoTime();
        long offset = writer.size() - frames.stream().mapToInt(Frame::size).sum();
        for (Frame frame : frames) {
            track(frame, new Place(writer.segment(), Math.toIntExact(offset), frame.size()), now);
            offset += frame.size();
        }
    }

    private void write(List<Frame> frames) throws IOException {
        if (writer.size() >= settings.segmentBytes()) {
            startSegment();
        }
        try {
            writer.write(frames);
        } catch (IOException full) {
            reserve.giveUp();
            startSegment(); // what was torn stays at the old one's end, where a reader forgives it
            writer.write(frames);
        }
    }

    private void startSegment() throws IOException {
        writer.sync();
        writer.close();
        writer = SegmentWriter.create(new Segment(folder, writer.segment().number() + 1));
        ids.segment(writer.segment().number());
    }

    private void awaitSync(long frames) throws IOException {
        while (syncedFrames < frames && failure == null) {
            synced.awaitUninterruptibly();
        }
        requireIntact();
    }

    private void requireIntact() throws IOException {
        if (isClosed) {
            throw new IOException("the journal is closed");
        }
        if (failure != null) {
            throw failure;
        }
    }

    private JournalUnavailable failed(IOException e) {
        failure = e;
        synced.signalAll();
        return new JournalUnavailable("the journal in " + folder + " cannot be written: " + e.getMessage(), e);
    }

    private void syncUntilClosed() {
        while (syncOnce()) {
            if (!settings.syncBeforeRelease()) {
                LockSupport.parkNanos(SYNC_EVERY_NANOS);
            }
        }
    }

    /** Waits for something written and syncs it, without keeping writers waiting; false once closed or failed. */
    private boolean syncOnce() {
        SegmentWriter syncedWriter;
        long frames;
        lock.lock();
        try {
            while (syncedFrames == writtenFrames && !isClosed && failure == null) {
                written.awaitUninterruptibly();
            }
            if (isClosed || failure != null) {
                return false;
            }
            syncedWriter = writer;
            frames = writtenFrames;
        } finally {
            lock.unlock();
        }
        return sync(syncedWriter, frames);
    }

    private boolean sync(SegmentWriter syncedWriter, long frames) {
        IOException refused = null;
        try {
            syncedWriter.sync();
        } catch (IOException e) {
            refused = e;
        }
        lock.lock();
        try {
            if (refused != null && syncedWriter == writer && !isClosed) {
                failure = refused;
            }
            syncedFrames = Math.max(syncedFrames, frames); // a segment that was left meanwhile was synced by that
            synced.signalAll();
            return failure == null;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void leftOpen(Consumer<LeftOpen> each) {
        try {
            leftBehind.forEach(each);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    @Override
    public List<RequestId> unclosed(Duration age) {
        lock.lock();
        try {
            return ids.settledBefore(System.nanoTime() - age.toNanos());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<Settlement> settlement(RequestId id) {
        Place place = settledAt(id);
        if (place == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(UsageCodec.settlement(place.read()));
        } catch (NoSuchFileException e) {
            if (settledAt(id) == null) {
                return Optional.empty(); // closed and removed since we looked
            }
            throw unreadable(e);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private @Nullable Place settledAt(RequestId id) {
        lock.lock();
        try {
            return ids.settledAt(id);
        } finally {
            lock.unlock();
        }
    }

    private JournalUnavailable unreadable(IOException e) {
        return new JournalUnavailable("the journal in " + folder + " cannot be read: " + e.getMessage(), e);
    }

    @Override
    public void trim(Runnable makeDurable) {
        reserve.keepIfThereIsRoom();
        List<Long> removable = removable();
        if (removable.isEmpty()) {
            return;
        }
        makeDurable.run();
        try {
            for (long number : removable) {
                new Segment(folder, number).delete();
                forget(number);
            }
        } catch (IOException e) {
            throw new JournalUnavailable("closed journal files in " + folder + " cannot be removed", e);
        }
    }

    private List<Long> removable() {
        lock.lock();
        try {
            return ids.removable(writer.segment().number());
        } finally {
            lock.unlock();
        }
    }

    private void forget(long segment) {
        lock.lock();
        try {
            ids.removed(segment);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long pending() {
        lock.lock();
        try {
            return ids.size();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isWritable() {
        lock.lock();
        try {
            return failure == null && !isClosed && reserve.isKept();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (!isClosed) {
                writer.sync();
                writer.close();
            }
        } catch (IOException e) {
            throw failed(e);
        } finally {
            isClosed = true;
            written.signalAll();
            synced.signalAll();
            lock.unlock();
        }
    }
}
