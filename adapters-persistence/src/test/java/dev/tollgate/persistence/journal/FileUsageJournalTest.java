package dev.tollgate.persistence.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.application.usage.Calls;
import dev.tollgate.application.usage.UsageJournal;
import dev.tollgate.application.usage.UsageJournal.LeftOpen;
import dev.tollgate.application.usage.UsageJournalContract;
import dev.tollgate.domain.money.Money;
import dev.tollgate.domain.relay.Settlement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileUsageJournalTest extends UsageJournalContract {
    private static final int RESERVE_BYTES = 4_096;

    @TempDir
    Path home;

    private @Nullable FileUsageJournal journal;

    @Override
    protected UsageJournal restart() {
        return restart(new JournalSettings(false, 1 << 20, RESERVE_BYTES));
    }

    private FileUsageJournal restart(JournalSettings settings) {
        stop();
        journal = FileUsageJournal.open(home.resolve("journal"), settings);
        return journal;
    }

    @AfterEach
    void stop() {
        if (journal != null) {
            journal.close();
        }
    }

    @Test
    void waits_for_the_disk_before_release_if_told_to() {
        Settlement settlement = settle(restart(new JournalSettings(true, 1 << 20, RESERVE_BYTES)), 12);

        assertThat(leftOpen(restart())).containsExactly(new LeftOpen.Settled(settlement));
    }

    @Test
    void removes_a_segment_once_all_its_calls_are_closed_and_sql_is_durable() throws IOException {
        UsageJournal first = restart();
        List<Settlement> settled = List.of(settle(first, 1), settle(first, 2));
        UsageJournal second = restart();
        List<String> steps = new ArrayList<>();
        second.closed(List.of(settled.get(0).id()));
        second.trim(() -> steps.add("durable"));
        assertThat(steps).isEmpty();
        assertThat(segments()).hasSize(2);

        second.closed(List.of(settled.get(1).id()));
        second.trim(() -> steps.add("durable with " + segments().size()));
        assertThat(steps).containsExactly("durable with 2");
        assertThat(segments()).hasSize(1);
        assertThat(leftOpen(restart())).isEmpty();
    }

    @Test
    void begins_another_segment_when_one_is_full() {
        UsageJournal small = restart(new JournalSettings(false, 1_000, RESERVE_BYTES));
        List<Settlement> settled = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            settled.add(settle(small, i));
        }
        assertThat(segments().size()).isGreaterThan(2);
        small.closed(settled.subList(1, 5).stream().map(Settlement::id).toList());
        small.trim(() -> {});

        assertThat(leftOpen(restart())).containsExactly(new LeftOpen.Settled(settled.get(0)));
    }

    @Test
    void forgives_an_end_torn_at_any_byte() throws IOException {
        UsageJournal written = restart();
        Settlement kept = settle(written, 1);
        long end = Files.size(lastSegment());
        settle(written, 2);
        stop();
        Path segment = lastSegment();
        byte[] whole = Files.readAllBytes(segment);

        for (int cut = (int) end; cut < whole.length; cut++) {
            Files.write(segment, Arrays.copyOf(whole, cut));
            assertThat(leftOpenIn(segment)).as("cut at %s", cut).containsExactly(new LeftOpen.Settled(kept));
        }
    }

    @Test
    void forgives_an_end_of_zeros() throws IOException {
        UsageJournal written = restart();
        Settlement kept = settle(written, 1);
        stop();
        Path segment = lastSegment();
        Files.write(segment, Arrays.copyOf(Files.readAllBytes(segment), (int) Files.size(segment) + 5_000));

        assertThat(leftOpen(restart())).containsExactly(new LeftOpen.Settled(kept));
    }

    @Test
    void refuses_to_start_on_damage_in_the_middle_and_says_where() throws IOException {
        UsageJournal written = restart();
        long offset = Files.size(lastSegment());
        settle(written, 1);
        settle(written, 2);
        stop();
        Path segment = lastSegment();
        byte[] whole = Files.readAllBytes(segment);
        for (int at : List.of(0, 4, 8, 40, 300)) {
            byte[] damaged = whole.clone();
            damaged[(int) offset + at] ^= 1;
            Files.write(segment, damaged);

            assertThatThrownBy(this::restart)
                    .as("byte %s", at)
                    .isInstanceOf(JournalDamaged.class)
                    .hasMessageContaining(segment.toString())
                    .hasMessageContaining("byte " + offset);
        }
    }

    @Test
    void refuses_a_file_that_is_not_a_journal() throws IOException {
        restart();
        stop();
        Files.writeString(lastSegment(), "something else");

        assertThatThrownBy(this::restart).isInstanceOf(JournalDamaged.class);
    }

    @Test
    void is_not_writable_once_it_is_closed() {
        UsageJournal open = restart();
        stop();

        assertThat(open.isWritable()).isFalse();
        assertThatThrownBy(() -> settle(open, 1)).isInstanceOf(UsageJournal.JournalUnavailable.class);
    }

    @Test
    void writes_on_whoever_is_interrupted() {
        UsageJournal open = restart();
        Thread.currentThread().interrupt();
        settle(open, 1);

        assertThat(Thread.interrupted()).isTrue();
        settle(open, 2);
        assertThat(leftOpen(restart())).hasSize(2);
    }

    private static Settlement settle(UsageJournal journal, long tokens) {
        Settlement settlement = Calls.settled(Calls.ticket(Calls.id(), Money.ofNanos(70)), tokens);
        journal.sent(settlement.ticket());
        journal.settled(settlement);
        return settlement;
    }

    /** What is left open in one segment, without opening another after it. */
    private static List<LeftOpen> leftOpenIn(Path file) throws IOException {
        LeftBehind left = new LeftBehind();
        Segment segment = Segment.in(file.getParent()).getLast();
        segment.read((frame, offset) -> left.read(segment, frame, offset));
        List<LeftOpen> settled = new ArrayList<>();
        left.forEach(call -> {
            if (call instanceof LeftOpen.Settled) {
                settled.add(call);
            }
        });
        return settled;
    }

    private Path lastSegment() {
        return segments().getLast();
    }

    private List<Path> segments() {
        try (Stream<Path> files = Files.list(home.resolve("journal"))) {
            return files.filter(file -> file.toString().endsWith(".journal"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
