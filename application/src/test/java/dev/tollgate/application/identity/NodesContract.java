package dev.tollgate.application.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.identity.Nodes.Node;
import dev.tollgate.application.identity.Nodes.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every memory of nodes must do. */
public abstract class NodesContract {
    private static final String NOBODY = "";

    private Instant now = Instant.parse("2026-11-21T12:00:00.123456Z");
    private Nodes nodes;

    /** Of which none has told anything. */
    protected abstract Nodes create();

    @BeforeEach
    void start() {
        nodes = create();
    }

    @Test
    void what_each_told_last_is_there() {
        Node second = node("b", "2");
        assertThat(nodes.tell(second, NOBODY)).isTrue();
        assertThat(nodes.tell(node("a", "1"), NOBODY)).isTrue();

        now = now.plusSeconds(3);
        Node draining = new Node(
                "a",
                "1",
                "0.2.0",
                now.minusSeconds(60),
                now,
                Status.DRAINING,
                List.of("draining", "live_store"),
                7,
                8,
                Duration.ofMillis(-1500));
        assertThat(nodes.tell(draining, "1")).isTrue();

        assertThat(nodes.all()).containsExactly(draining, second);
    }

    @Test
    void an_id_is_of_one_process_until_that_is_gone() {
        Node first = node("a", "1");
        assertThat(nodes.tell(first, NOBODY)).isTrue();

        now = now.plus(Nodes.GONE_AFTER);
        assertThat(nodes.tell(node("a", "2"), NOBODY)).isFalse();
        assertThat(nodes.all()).containsExactly(first);

        now = now.plusMillis(1);
        assertThat(nodes.tell(node("a", "2"), NOBODY)).isTrue();
        assertThat(nodes.tell(node("a", "1"), "1")).isFalse();
    }

    @Test
    void the_process_that_follows_a_killed_one_takes_its_place_at_once() {
        assertThat(nodes.tell(node("a", "1"), NOBODY)).isTrue();

        Node next = node("a", "2");
        assertThat(nodes.tell(next, "1")).isTrue();

        assertThat(nodes.all()).containsExactly(next);
    }

    @Test
    void one_that_ends_is_forgotten_and_nobody_else() {
        Node first = node("a", "1");
        Node other = node("b", "2");
        assertThat(nodes.tell(first, NOBODY)).isTrue();
        assertThat(nodes.tell(other, NOBODY)).isTrue();

        nodes.remove(node("b", "3"));
        assertThat(nodes.all()).containsExactly(first, other);
        nodes.remove(first);
        assertThat(nodes.all()).containsExactly(other);
    }

    @Test
    void those_not_seen_for_long_are_forgotten() {
        Node first = node("a", "1");
        assertThat(nodes.tell(first, NOBODY)).isTrue();
        now = now.plusSeconds(60);
        Node second = node("b", "2");
        assertThat(nodes.tell(second, NOBODY)).isTrue();

        nodes.forget(first.seenAt());
        assertThat(nodes.all()).containsExactly(first, second);
        nodes.forget(second.seenAt());
        assertThat(nodes.all()).containsExactly(second);
    }

    private Node node(String id, String mark) {
        return new Node(id, mark, "0.1.0", now, now, Status.READY, List.of(), 0, 0, Duration.ZERO);
    }
}
