package dev.tollgate.application.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SnapshotTest {
    private final InMemoryChanges changes = new InMemoryChanges();
    private Instant now = Instant.parse("2026-11-21T12:00:00Z");
    private @Nullable StoreUnavailable away;
    private int loads;

    private final Snapshot<Integer> snapshot =
            new Snapshot<>(this::load, changes, Set.of(Changes.Kind.MODEL), () -> now);

    @Test
    void is_loaded_once_and_again_after_a_change_of_its_kind() {
        assertThat(snapshot.get()).isEqualTo(1);
        assertThat(snapshot.get()).isEqualTo(1);

        changes.changed(Changes.Kind.USER, 1);
        assertThat(snapshot.get()).isEqualTo(1);

        changes.changed(Changes.Kind.MODEL, 1);
        assertThat(snapshot.get()).isEqualTo(2);
    }

    @Test
    void serves_its_last_copy_while_the_store_is_away_and_tries_again_after_a_moment() {
        assertThat(snapshot.get()).isEqualTo(1);
        away = new StoreUnavailable("away", null);
        changes.changed(Changes.Kind.MODEL, 1);
        assertThat(snapshot.get()).isEqualTo(1);

        away = null;
        assertThat(snapshot.get()).isEqualTo(1);
        now = now.plusSeconds(1);
        assertThat(snapshot.get()).isEqualTo(2);
    }

    @Test
    void has_nothing_to_serve_before_it_was_ever_loaded() {
        away = new StoreUnavailable("away", null);

        assertThatThrownBy(snapshot::get).isSameAs(away);
    }

    @Test
    void is_not_trusted_when_the_store_was_silent_for_too_long() {
        assertThat(snapshot.get()).isEqualTo(1);
        changes.confirmedLast(now);

        now = now.plus(Snapshot.UNCONFIRMED_MAX);
        assertThat(snapshot.get()).isEqualTo(1);
        now = now.plusMillis(1);
        assertThatThrownBy(snapshot::get).isInstanceOf(StoreUnavailable.class);
    }

    private int load() {
        if (away != null) {
            throw away;
        }
        loads++;
        return loads;
    }
}
