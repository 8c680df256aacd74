package dev.tollgate.bootstrap.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.application.identity.Readiness;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ObstacleLogTest {
    private final List<String> told = new ArrayList<>();
    private final Condition journal = new Condition("journal");
    private final Condition database = new Condition("database");
    private final ObstacleLog log = new ObstacleLog(
            List.of(journal, database), text -> told.add("WARN " + text), text -> told.add("INFO " + text));

    @Test
    void says_nothing_of_a_node_that_is_ready() {
        log.tell();

        assertThat(told).isEmpty();
    }

    @Test
    void says_once_what_is_in_the_way_and_once_that_it_is_gone() {
        journal.obstacle = Optional.of("its disk is almost full");
        log.tell();
        journal.obstacle = Optional.of("its disk is full");
        log.tell();
        database.obstacle = Optional.of("no answer");
        log.tell();
        journal.obstacle = Optional.empty();
        log.tell();
        log.tell();

        assertThat(told)
                .containsExactly(
                        "WARN not ready (journal): its disk is almost full",
                        "WARN not ready (database): no answer",
                        "INFO nothing in the way any more (journal)");
    }

    private static final class Condition implements Readiness {
        private final String name;
        private Optional<String> obstacle = Optional.empty();

        Condition(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Optional<String> obstacle() {
            return obstacle;
        }
    }
}
